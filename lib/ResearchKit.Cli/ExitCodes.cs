namespace ResearchKit.Cli;

internal static class ExitCodes
{
    internal const int Success = 0;
    internal const int Failed = 1;
    internal const int Usage = 2;
    internal const int TimedOut = 124;
    internal const int Interrupted = 130;
}
