using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace ResearchKit.Figures;

/// <summary>A figure as HTML that draws itself as soon as plotly.js is on the page, in any order and after a reload.</summary>
public static class FigureHtml
{
    private static readonly string Drawer = ReadResource("ResearchKit.Figures.figure.js");
    private static int shown;

    /// <summary>A div and its script. The id holds the figure's hash and the number of figures shown so far in this process.</summary>
    public static string Of(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Of(figure, PlotlyBridge.Json(figure), Interlocked.Increment(ref shown));
    }

    /// <summary>The same for a Plotly figure at hand.</summary>
    internal static string Of(Figure figure, string plotlyJson, int number)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plotlyJson)))[..10];
        var id = FormattableString.Invariant($"rk-figure-{hash}-{number}");
        return $"""
            <div id="{id}" class="researchkit-figure" role="img" aria-label="{WebUtility.HtmlEncode(figure.ToString())}" style="width:100%;max-width:880px;min-height:120px;overflow-x:auto"><em>{WebUtility.HtmlEncode(figure.Title)}</em> <small>(drawn when plotly.js is on the page: run the set-up cell)</small></div>
            <script>({Drawer.TrimEnd().TrimEnd(';')})("{id}",{Embed(plotlyJson)});</script>
            """;
    }

    /// <summary>JSON that may stand inside a script element: no tag can open or close in it.</summary>
    internal static string Embed(string json) => json
        .Replace("<", "\\u003c", StringComparison.Ordinal)
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal)
        .Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    private static string ReadResource(string name)
    {
        using var reader = new StreamReader(typeof(FigureHtml).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
