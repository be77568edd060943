using System.Text.Json.Nodes;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Book;

/// <summary>plotly.js as the kit puts it onto a page: a session is started with the kit, and its set-up output taken.</summary>
internal static class KitPlotly
{
    internal static async Task<string> ScriptAsync(Checkout checkout)
    {
        var kit = checkout.Kit.Replace('\\', '/');
        // A book reads offline, whatever the notebooks' own setting is.
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["RESEARCHKIT_HOST"] = "rk", ["RESEARCHKIT_ROOT"] = checkout.Root, ["RESEARCHKIT_PLOTLY_SOURCE"] = "embedded" };
        var outputs = new NotebookOutputs();
        var cell = NotebookCell.Code("setup", $"#r \"{kit}/TorchSharp.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/ResearchKit.Interactive.dll\"\nResearchKit.Interactive.Kit.Start(\"book\");");
        await using (var session = SessionProcess.Start(checkout.Root, settings))
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
            await using var ending = limit.Token.Register(session.Kill);
            await foreach (var happened in session.RunAsync(1, cell.Source).ConfigureAwait(false)) outputs.Add(cell, happened);
        }
        if (outputs.PlotlyScript is { } output) return HtmlPage.CodeOf(output);
        var error = cell.Outputs.OfType<JsonObject>().FirstOrDefault(found => (string?)found["output_type"] == "error");
        throw new CliException($"The book's figures need plotly.js, and the kit did not give it: {error?["evalue"] ?? "its session ended by itself"}. Build it: dotnet build lib/ResearchKit.Interactive; rk doctor says more.", ExitCodes.Failed);
    }
}
