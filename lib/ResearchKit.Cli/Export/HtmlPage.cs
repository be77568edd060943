using System.Net;
using System.Text;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Export;

/// <summary>An executed notebook as one file that opens offline.</summary>
internal static class HtmlPage
{
    internal static string Render(Notebook notebook, NotebookEntry entry, string? plotlyOutput)
    {
        var context = new MarkdownContext(Path.GetDirectoryName(entry.Path)!);
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append($"<title>{WebUtility.HtmlEncode(notebook.Title ?? entry.Slug)}</title>\n<style>\n{EmbeddedText.Read("page.css")}</style>\n");
        if (plotlyOutput is not null) page.Append(ScriptOf(plotlyOutput)).Append('\n');
        page.Append("</head>\n<body>\n<nav class=\"tools\"><button type=\"button\" id=\"toggle-code\">Hide code</button></nav>\n<main>\n");
        foreach (var cell in notebook.Cells) page.Append(CellHtml.Render(cell, context));
        page.Append($"</main>\n<script>\n{EmbeddedText.Read("page.js")}</script>\n</body>\n</html>\n");
        return page.ToString();
    }

    /// <summary>The JavaScript of the set-up cell's output, for a file of its own.</summary>
    internal static string CodeOf(string output)
    {
        var script = ScriptOf(output);
        return script.Length == 0 ? "" : script[(script.IndexOf('>', StringComparison.Ordinal) + 1)..^"</script>".Length];
    }

    // Only the script: what stands around it is for the notebook's own page.
    private static string ScriptOf(string output)
    {
        var start = output.IndexOf("<script", StringComparison.Ordinal);
        var end = output.LastIndexOf("</script>", StringComparison.Ordinal);
        return start < 0 || end < start ? "" : output[start..(end + "</script>".Length)];
    }
}
