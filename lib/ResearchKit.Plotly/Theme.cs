using System.Text.Json.Nodes;

namespace ResearchKit.Plotly;

/// <summary>
/// The one look of all figures. Series colours are Okabe and Ito's, told apart in all common forms of colour
/// blindness and visible on white and on dark grey; dashes and markers repeat the distinction without colour. The
/// three inks are exchanged for light ones by the figure's script where the page is dark.
/// </summary>
internal static class Theme
{
    internal const string Ink = "#24292f", Muted = "#57606a", Grid = "#d8dee4", Paper = "#ffffff";
    internal const int Width = 800, FontSize = 13;

    private static readonly string[] Palette = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D31", "#7F7F7F"];
    private static readonly string[] Dashes = ["solid", "dash", "dot", "dashdot", "longdash", "longdashdot"];
    private static readonly string[] Symbols = ["circle", "square", "diamond", "triangle-up", "x", "triangle-down", "star", "cross"];

    internal static string Colour(int series) => Palette[series % Palette.Length];

    internal static string Dash(int series) => Dashes[series % Dashes.Length];

    internal static string Symbol(int series) => Symbols[series % Symbols.Length];

    internal static string Faint(int series, double opacity)
    {
        var colour = Convert.FromHexString(Colour(series).AsSpan(1));
        return FormattableString.Invariant($"rgba({colour[0]},{colour[1]},{colour[2]},{opacity})");
    }

    internal static JsonNode Template() => JsonNode.Parse($$$"""
        {"layout":{
          "font":{"family":"system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif","size":{{{FontSize}}},"color":"{{{Ink}}}"},
          "paper_bgcolor":"{{{Paper}}}","plot_bgcolor":"rgba(0,0,0,0)",
          "modebar":{"bgcolor":"rgba(0,0,0,0)","color":"{{{Muted}}}","activecolor":"{{{Ink}}}"},
          "hoverlabel":{"font":{"size":12}},
          "xaxis":{{{Axis}}},"yaxis":{{{Axis}}}
        }}
        """)!;

    private static string Axis => $$$"""
        {"showline":true,"linecolor":"{{{Muted}}}","linewidth":1,"ticks":"outside","ticklen":4,"tickcolor":"{{{Muted}}}",
         "tickfont":{"size":12},"gridcolor":"{{{Grid}}}","gridwidth":1,"zeroline":false,"automargin":true}
        """;
}
