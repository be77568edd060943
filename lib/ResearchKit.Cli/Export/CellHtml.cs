using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Export;

/// <summary>One cell of a page: its text, or its code and what it put out.</summary>
internal static class CellHtml
{
    internal static string Render(NotebookCell cell, MarkdownContext context)
    {
        if (cell.IsMarkdown) return $"<section class=\"text\">\n{MarkdownHtml.Render(cell, context)}</section>\n";
        if (!cell.IsCode) return $"<section class=\"raw\"><pre>{WebUtility.HtmlEncode(cell.Source)}</pre></section>\n";
        if (string.IsNullOrWhiteSpace(cell.Source) && cell.Outputs.Count == 0) return "";
        var open = cell.Tags.Contains("setup") ? "" : " open";
        var html = new StringBuilder();
        html.Append($"<section class=\"code\" id=\"cell-{cell.Id}\">\n<details class=\"source\"{open}><summary>[{cell.ExecutionCount?.ToString(CultureInfo.InvariantCulture) ?? " "}]</summary>");
        html.Append($"<pre><code>{CodeHtml.Render(cell.Source)}</code></pre></details>\n");
        foreach (var output in cell.Outputs.OfType<JsonObject>().Where(output => !IsPlotlyNote(output))) html.Append("<div class=\"output\">").Append(OutputHtml.Render(output)).Append("</div>\n");
        return html.Append("</section>\n").ToString();
    }

    private static bool IsPlotlyNote(JsonObject output) => MultilineText.Join(output["data"]?["text/plain"]) == KitMimes.PlotlyNote;
}
