using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Export.Math;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Export;

/// <summary>One output as HTML: of a bundle's forms the richest that a page can show.</summary>
internal static partial class OutputHtml
{
    internal static string Render(JsonObject output) => (string?)output["output_type"] switch
    {
        "stream" => $"<pre class=\"stream {(string?)output["name"]}\">{Text(MultilineText.Join(output["text"]))}</pre>",
        "error" => Error(output),
        _ => $"<div class=\"value\">{Bundle(output["data"] as JsonObject ?? [])}</div>",
    };

    /// <summary>In the HTML of each figure: a div that its script draws into once plotly.js is on the page.</summary>
    internal const string FigureMark = "class=\"researchkit-figure\"";

    /// <summary>True for a figure that a script draws, from its HTML or, in a saved notebook, from Plotly's JSON.</summary>
    internal static bool IsFigure(JsonObject output) =>
        output["data"]?[KitMimes.Plotly] is not null || MultilineText.Join(output["data"]?["text/html"]).Contains(FigureMark, StringComparison.Ordinal);

    private static string Bundle(JsonObject data)
    {
        if (data["text/html"] is { } html) return MultilineText.Join(html);
        if (data[KitMimes.Plotly] is JsonObject figure) return PlotlyHtml.Of(figure.ToJsonString(), MultilineText.Join(data["text/plain"]), Picture(data) ?? "");
        if (data["image/svg+xml"] is { } svg) return MultilineText.Join(svg);
        if (Picture(data) is { } picture) return picture;
        if (data["text/markdown"] is { } markdown) return MarkdownHtml.Render(MultilineText.Join(markdown));
        if (data["text/latex"] is { } latex) return TexToMathMl.Render(MultilineText.Join(latex).Trim('$', ' ', '\n'), display: true);
        if (data["text/plain"] is { } plain) return $"<pre>{Text(MultilineText.Join(plain))}</pre>";
        if (data["application/json"] is { } json) return $"<pre>{Text(json.ToJsonString())}</pre>";
        return $"<pre>{Text(string.Join(", ", data.Select(form => form.Key)))}</pre>";
    }

    private static string? Picture(JsonObject data)
    {
        foreach (var type in (string[])["image/png", "image/jpeg", "image/gif"])
        {
            if (data[type] is { } image) return $"<img alt=\"{WebUtility.HtmlEncode(MultilineText.Join(data["text/plain"]))}\" src=\"data:{type};base64,{MultilineText.Join(image).ReplaceLineEndings("")}\">";
        }
        return null;
    }

    private static string Error(JsonObject output)
    {
        var traceback = new StringBuilder();
        foreach (var line in output["traceback"] as JsonArray ?? []) traceback.Append(line).Append('\n');
        var text = traceback.Length > 0 ? traceback.ToString() : $"{output["ename"]}: {output["evalue"]}";
        return $"<pre class=\"error\">{Text(text)}</pre>";
    }

    private static string Text(string text) => WebUtility.HtmlEncode(TerminalCodes().Replace(text, ""));

    [GeneratedRegex(@"\x1b\[[0-9;]*[A-Za-z]")]
    private static partial Regex TerminalCodes();
}
