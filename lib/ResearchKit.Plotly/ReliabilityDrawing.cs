using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>A reliability diagram: the diagram itself above, the bins' counts in a strip below on the same abscissa.</summary>
internal sealed class ReliabilityDrawing(Drawing drawing, PanelCell cell)
{
    // A second pair of axes for the strip; numbers that no panel has.
    private readonly string strip = $"y{cell.Index + 51}";

    // The bars of one bin together, of the abscissa's 0 to 1. Left to itself the renderer makes them as narrow as the
    // nearest two means are close.
    private const double BinWidth = 0.06;

    internal void Draw(ReliabilityPlot plot)
    {
        var height = cell.Top - cell.Low;
        var (upper, lower) = (cell with { Low = cell.Low + height * 0.3 }, cell with { Top = cell.Low + height * 0.22 });
        drawing.Shape(Dyn.Of(
            ("type", "line"), ("xref", cell.XRef), ("yref", cell.YRef), ("x0", 0), ("y0", 0), ("x1", 1), ("y1", 1), ("layer", "below"),
            ("line", Dyn.Of(("color", Theme.Muted), ("width", 1.4), ("dash", "dash")))));
        var width = BinWidth / plot.Curves.Count;
        foreach (var (i, curve) in plot.Curves.Index()) Curve(curve, width, offset: i * width - BinWidth / 2);
        drawing.Layout
            .With(AxisObject.Name(cell.XRef), AxisObject.Of(plot.X, cell, horizontal: true).With("anchor", strip))
            .With(AxisObject.Name(cell.YRef), AxisObject.Of(plot.Y, upper, horizontal: false))
            .With(AxisObject.Name(strip), AxisObject.Of(new Axis("answers"), lower, horizontal: false).With("rangemode", "tozero").With("nticks", 4));
    }

    private void Curve(ReliabilityCurve curve, double width, double offset)
    {
        var series = drawing.Series(curve.Name);
        var colour = Theme.Colour(series);
        var used = Enumerable.Range(0, curve.Counts.Length).Where(i => curve.Counts[i] > 0 && double.IsFinite(curve.Accuracy[i])).ToArray();
        double[] Of(double[] values) => [.. used.Select(i => values[i])];
        var accuracy = Of(curve.Accuracy);
        drawing.Traces.Add(Dyn.Trace("scatter",
            ("name", Words.Plain(curve.Name)), ("x", Dyn.Numbers(Of(curve.Confidence))), ("y", Dyn.Numbers(accuracy)), ("mode", "lines+markers"), ("cliponaxis", false),
            ("line", Dyn.Of(("color", colour), ("width", 2.2), ("dash", Theme.Dash(series)))),
            ("marker", Dyn.Of(("color", colour), ("size", 8), ("symbol", Theme.Symbol(series)))),
            ("error_y", Errors.Bars(accuracy, curve.Low is null ? null : Of(curve.Low), curve.High is null ? null : Of(curve.High), colour)),
            ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", curve.Name), ("showlegend", drawing.EnterLegend(curve.Name))));
        drawing.Traces.Add(Dyn.Trace("bar",
            ("name", Words.Plain(curve.Name)), ("x", Dyn.Numbers(curve.Confidence)), ("y", curve.Counts), ("width", width), ("offset", offset),
            ("marker", Dyn.Of(("color", colour))), ("xaxis", cell.XRef), ("yaxis", strip), ("legendgroup", curve.Name), ("showlegend", false)));
    }
}
