using System.Diagnostics;

namespace ResearchKit.Cli.Tests.Support;

/// <summary>nbformat's own validator.</summary>
internal static class Nbformat
{
    private const string Script = "import json, sys, nbformat\nfor path in sys.argv[1:]: nbformat.validate(json.load(open(path, encoding='utf-8')))";

    /// <summary>Fails with its message where it refuses a file.</summary>
    internal static async Task AcceptsAsync(params string[] paths)
    {
        var start = new ProcessStartInfo(await Python.WithAsync("nbformat"), ["-W", "error", "-c", Script, .. paths]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var run = await Rk.EndAsync(process);
        Assert.True(run.ExitCode == 0, run.Errors);
    }
}
