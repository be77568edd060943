namespace ResearchKit.Cli;

/// <summary>What a user can mend: shown as one message without a stack trace.</summary>
internal sealed class CliException(string message, int exitCode = ExitCodes.Usage) : Exception(message)
{
    internal int ExitCode { get; } = exitCode;
}
