using System.Text.Json.Nodes;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>What a committed output may be: no error, no warning, nothing that its cell does not show, no figure without a picture.</summary>
internal static class OutputRules
{
    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            foreach (var output in cell.Outputs.OfType<JsonObject>())
            {
                foreach (var text in Faults(cell, output)) yield return LintFinding.Error(index + 1, text);
            }
        }
    }

    private static IEnumerable<string> Faults(NotebookCell cell, JsonObject output)
    {
        var kind = (string?)output["output_type"];
        if (kind == "error") yield return $"its output is an error: {output["ename"]}: {output["evalue"]}";
        if (kind == "stream" && (string?)output["name"] == "stderr") yield return $"its output has text on standard error: {FirstLine(output)}";
        if (kind == "stream" && (string?)output["name"] == "stdout" && !cell.Source.Contains("Console.", StringComparison.Ordinal)) yield return $"a stray print, as the cell itself writes nothing to the console: {FirstLine(output)}";
        if (OutputHtml.IsFigure(output) && output["data"]?["image/png"] is null && output["data"]?["image/svg+xml"] is null)
        {
            yield return "its figure has no picture (image/png), so it shows nowhere but where scripts run";
        }
        // Without traceback and HTML's own escapes: the text as it was written.
        foreach (var path in MachinePaths.In(Text(output))) yield return $"its output names a place of one machine: {path}";
    }

    private static string Text(JsonObject output)
    {
        var parts = new List<string> { MultilineText.Join(output["text"]), MultilineText.Join(output["evalue"]) };
        parts.AddRange((output["data"] as JsonObject ?? []).Where(form => !form.Key.StartsWith("image/", StringComparison.Ordinal)).Select(form => form.Value is JsonObject json ? json.ToJsonString() : MultilineText.Join(form.Value)));
        return string.Join('\n', parts);
    }

    private static string FirstLine(JsonObject output) => MultilineText.Join(output["text"]).Trim().Split('\n')[0];
}
