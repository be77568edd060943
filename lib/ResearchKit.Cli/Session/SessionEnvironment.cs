namespace ResearchKit.Cli.Session;

/// <summary>What a session's process wants of its environment unless the user set it otherwise.</summary>
internal static class SessionEnvironment
{
    internal static IReadOnlyDictionary<string, string> Defaults() => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // libgomp's spinning threads cost a busy machine a factor of eight; it is read when the process starts.
        ["OMP_WAIT_POLICY"] = "PASSIVE",
        ["DOTNET_gcServer"] = "0",
        // 128 MB between collections instead of 16. TorchSharp does not hold the Scalar of `x * 0.5` while the native call
        // reads it: a collection on another thread at that moment frees it, and the run dies ("Scalar toFloat").
        ["DOTNET_GCgen0size"] = "0x8000000",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_NOLOGO"] = "1",
    };
}
