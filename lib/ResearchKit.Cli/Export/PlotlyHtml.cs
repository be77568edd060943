using System.Net;
using System.Security.Cryptography;
using System.Text;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Export;

/// <summary>
/// A figure from Plotly's JSON, drawn by the script that draws the kit's own figures as soon as plotly.js is on the
/// page: for charts that a user made, and for saved notebooks, which keep JSON and picture and no HTML.
/// </summary>
internal static class PlotlyHtml
{
    private static int shown;

    internal static string Of(string json) => Of(json, "a Plotly chart", "<em>a Plotly chart</em> <small>(drawn when plotly.js is on the page: run the set-up cell)</small>");

    /// <summary>The figure with what stands in its place until it is drawn.</summary>
    internal static string Of(string json, string words, string standIn)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)))[..10];
        var id = FormattableString.Invariant($"rk-chart-{hash}-{Interlocked.Increment(ref shown)}");
        // Valid JSON has these characters in strings only, where the escape means the same.
        var embedded = json.Replace("<", "\\u003c", StringComparison.Ordinal).Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);
        return $"""
            <div id="{id}" class="researchkit-figure" role="img" aria-label="{WebUtility.HtmlEncode(words)}" style="width:100%;max-width:880px;min-height:120px;overflow-x:auto">{standIn}</div>
            <script>({EmbeddedText.Read("figure.js").TrimEnd().TrimEnd(';')})("{id}",{embedded});</script>
            """;
    }
}
