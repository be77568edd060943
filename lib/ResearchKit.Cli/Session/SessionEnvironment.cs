namespace ResearchKit.Cli.Session;

/// <summary>What a session's process wants of its environment unless the user set it otherwise.</summary>
internal static class SessionEnvironment
{
    internal static IReadOnlyDictionary<string, string> Defaults() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // libgomp's spinning threads cost a busy machine a factor of eight; it is read when the process starts.
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };
}
