using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Tests.Support;

internal sealed record SmokeRun(RkResult Result, string Folder)
{
    internal JsonObject? Record(string slug) =>
        Path.Combine(Folder, $"{slug}.smoke.json") is var path && File.Exists(path) ? (JsonObject)JsonNode.Parse(File.ReadAllText(path))! : null;
}

/// <summary>Each notebook of the repository is run once at smoke scale for all the tests that look at it.</summary>
internal static class SmokeRuns
{
    private static readonly ConcurrentDictionary<(string Slug, bool Solutions), Lazy<Task<SmokeRun>>> Runs = new();

    internal static Task<SmokeRun> OfAsync(string slug, bool solutions) =>
        Runs.GetOrAdd((slug, solutions), key => new Lazy<Task<SmokeRun>>(() => RunAsync(key.Slug, key.Solutions))).Value;

    private static async Task<SmokeRun> RunAsync(string slug, bool solutions)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "smoke", solutions ? "solutions" : "plain");
        string[] arguments = ["run", slug, "--scale", "smoke", "--out", folder];
        return new SmokeRun(await Rk.RunAsync(Repository.Checkout.Root, solutions ? [.. arguments, "--solutions"] : arguments), folder);
    }
}
