using System.Diagnostics;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Benchmarks;

/// <summary>tests/ResearchKit.Benchmarks, built and run in a process of its own: this program knows nothing of the library.</summary>
internal sealed class BenchmarkProject(Checkout checkout)
{
    internal string Folder => Path.Combine(checkout.Root, "tests", "ResearchKit.Benchmarks");

    private string Program => Path.Combine(Folder, "bin", "Release", "net10.0", "ResearchKit.Benchmarks.dll");

    internal async Task BuildAsync(CancellationToken cancellation)
    {
        if (!Directory.Exists(Folder)) throw new CliException($"{checkout.Show(Folder)} is not in this checkout: there is nothing to measure with.");
        var lines = new List<string>();
        var exit = await StartAsync(["build", Folder, "-c", "Release", "-v", "q", "--nologo", "-clp:ErrorsOnly"], lines.Add, cancellation).ConfigureAwait(false);
        if (exit != 0) throw new CliException($"{checkout.Show(Folder)} does not build:\n{string.Join('\n', lines)}");
    }

    /// <summary>Runs the macro suite; each line that it prints goes to <paramref name="progress"/>.</summary>
    internal async Task<JsonObject> RunAsync(IReadOnlyList<string> cases, Action<string> progress, CancellationToken cancellation)
    {
        var file = Path.Combine(Path.GetTempPath(), $"rk-bench-{Environment.ProcessId}.json");
        try
        {
            var exit = await StartAsync([Program, "macro", file, .. cases], progress, cancellation).ConfigureAwait(false);
            if (exit != 0) throw new CliException("The suite ended early; its last lines are above.");
            return JsonNode.Parse(await File.ReadAllTextAsync(file, cancellation).ConfigureAwait(false))!.AsObject();
        }
        finally
        {
            File.Delete(file);
        }
    }

    private async Task<int> StartAsync(IReadOnlyList<string> arguments, Action<string> line, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = checkout.Root };
        start.Environment["OMP_WAIT_POLICY"] = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY") is { Length: > 0 } chosen ? chosen : "PASSIVE";
        using var process = Process.Start(start)!;
        try
        {
            while (await process.StandardOutput.ReadLineAsync(cancellation).ConfigureAwait(false) is { } text) line(text);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new CliException("Interrupted; nothing was written.");
        }
    }
}
