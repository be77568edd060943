using System.Globalization;
using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>A matrix as coloured cells with a colour bar of its own.</summary>
internal sealed class HeatMapDrawing(Drawing drawing, PanelCell cell)
{
    internal void Draw(HeatMapPlot plot)
    {
        var labels = new PlaceLabels(plot.XLabels, cell.Width);
        // A text that does not fit its cell would run over its neighbour's.
        var text = plot.CellText is { } all && all.SelectMany(row => row).Max(Words.Width) + 6 <= labels.Slot ? all : null;
        drawing.Traces.Add(Dyn.Trace("heatmap",
            ("z", plot.Values.Select(Dyn.Numbers).ToArray()),
            ("text", text?.Select(row => row.Select(Words.Plain).ToArray()).ToArray()),
            ("texttemplate", text is null ? null : "%{text}"), ("textfont", text is null ? null : Dyn.Of(("size", 12))),
            ("colorscale", plot.Diverging ? Scales.Diverging : Scales.Sequential),
            ("zmin", plot.Diverging ? -drawing.LargestDiverging : null), ("zmax", plot.Diverging ? drawing.LargestDiverging : null), ("xgap", 2), ("ygap", 2),
            ("hovertext", Hover(plot)), ("hoverinfo", "text"), ("showscale", true),
            ("colorbar", Dyn.Of(("thickness", 12), ("nticks", 6), ("outlinewidth", 0), ("x", cell.Right + 0.012), ("xanchor", "left"), ("y", cell.Low), ("yanchor", "bottom"),
                ("len", cell.Top - cell.Low), ("tickfont", Dyn.Of(("size", 12))))),
            ("xaxis", cell.XRef), ("yaxis", cell.YRef)));
        // Numbered places with names beside them: a name that repeats (a token) would be one category to Plotly.
        drawing.Layout
            .With(AxisObject.Name(cell.XRef), AxisObject.Places(plot.X, cell, horizontal: true, [.. plot.XLabels.Select(labels.Of)]).With("tickangle", labels.Angle))
            .With(AxisObject.Name(cell.YRef), AxisObject.Places(plot.Y, cell, horizontal: false, [.. plot.YLabels.Select(Words.Plain)]));
    }

    private static string[][] Hover(HeatMapPlot plot) =>
        [.. plot.Values.Select((row, r) => row.Select((value, c) => Words.Plain($"{plot.YLabels[r]}, {plot.XLabels[c]}: {Number(value)}")).ToArray())];

    private static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);
}
