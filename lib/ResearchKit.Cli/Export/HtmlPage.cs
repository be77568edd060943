using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Export;

/// <summary>An executed notebook as one file that opens offline.</summary>
internal static class HtmlPage
{
    internal static string Render(Notebook notebook, NotebookEntry entry, string? plotlyOutput)
    {
        var folder = Path.GetDirectoryName(entry.Path)!;
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append($"<title>{WebUtility.HtmlEncode(notebook.Title ?? entry.Slug)}</title>\n<style>\n{Asset("page.css")}</style>\n");
        if (plotlyOutput is not null) page.Append(ScriptOf(plotlyOutput)).Append('\n');
        page.Append("</head>\n<body>\n<nav><button type=\"button\" id=\"toggle-code\">Hide code</button></nav>\n<main>\n");
        foreach (var cell in notebook.Cells) page.Append(Cell(cell, folder));
        page.Append($"</main>\n<script>\n{Asset("page.js")}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    private static string Cell(NotebookCell cell, string folder)
    {
        if (cell.IsMarkdown) return $"<section class=\"text\">\n{MarkdownHtml.Render(cell, folder)}</section>\n";
        if (!cell.IsCode) return $"<section class=\"raw\"><pre>{WebUtility.HtmlEncode(cell.Source)}</pre></section>\n";
        if (string.IsNullOrWhiteSpace(cell.Source) && cell.Outputs.Count == 0) return "";
        var open = cell.Tags.Contains("setup") ? "" : " open";
        var html = new StringBuilder();
        html.Append($"<section class=\"code\" id=\"cell-{cell.Id}\">\n<details class=\"source\"{open}><summary>[{cell.ExecutionCount?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? " "}]</summary>");
        html.Append($"<pre><code>{CodeHtml.Render(cell.Source)}</code></pre></details>\n");
        foreach (var output in cell.Outputs.OfType<JsonObject>().Where(output => !IsPlotlyNote(output))) html.Append("<div class=\"output\">").Append(OutputHtml.Render(output)).Append("</div>\n");
        return html.Append("</section>\n").ToString();
    }

    private static bool IsPlotlyNote(JsonObject output) => MultilineText.Join(output["data"]?["text/plain"]) == KitMimes.PlotlyNote;

    // Only the script: what stands around it is for the notebook's own page.
    private static string ScriptOf(string output)
    {
        var start = output.IndexOf("<script", StringComparison.Ordinal);
        var end = output.LastIndexOf("</script>", StringComparison.Ordinal);
        return start < 0 || end < start ? "" : output[start..(end + "</script>".Length)];
    }

    internal static string Asset(string name)
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
