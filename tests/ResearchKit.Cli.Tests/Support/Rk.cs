using System.Diagnostics;
using System.Runtime.InteropServices;
using ResearchKit.Cli.Commands;

namespace ResearchKit.Cli.Tests.Support;

internal sealed record RkResult(int ExitCode, string Output, string Errors);

/// <summary>The rk program as a user starts it, in a process of its own.</summary>
internal static class Rk
{
    internal static async Task<RkResult> RunAsync(string root, params string[] arguments)
    {
        using var process = Start(root, arguments);
        return await EndAsync(process);
    }

    /// <summary>With further variables in its environment.</summary>
    internal static async Task<RkResult> RunAsync(string root, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(root, environment, arguments);
        return await EndAsync(process);
    }

    internal static Process Start(string root, params string[] arguments) => Start(root, new Dictionary<string, string>(), arguments);

    private static Process Start(string root, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        var start = new ProcessStartInfo(dotnet, ["exec", typeof(CliApp).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RESEARCHKIT_ROOT"] = root;
        start.Environment["RESEARCHKIT_CWD"] = root;
        start.Environment.Remove("RESEARCHKIT_SCALE");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    internal static async Task<RkResult> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        return new RkResult(process.ExitCode, await output, await errors);
    }
}
