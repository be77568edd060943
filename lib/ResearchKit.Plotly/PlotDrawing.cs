using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>Draws one plot into its panel.</summary>
internal sealed class PlotDrawing(Drawing drawing, PanelCell cell)
{
    internal void Draw(Plot plot)
    {
        switch (plot)
        {
            case CurvesPlot curves: Curves(curves); break;
            case ScatterPlot scatter: Scatter(scatter); break;
            case BarsPlot bars: Bars(bars); break;
            case HistogramPlot histogram: Histogram(histogram); break;
            case HeatMapPlot map: new HeatMapDrawing(drawing, cell).Draw(map); break;
            case ReliabilityPlot reliability: new ReliabilityDrawing(drawing, cell).Draw(reliability); break;
            default: throw new NotSupportedException($"no drawing for {plot.GetType().Name}");
        }
    }

    private void Curves(CurvesPlot plot)
    {
        foreach (var curve in plot.Curves)
        {
            if (!plot.Frontier && curve is { Low: { } low, High: { } high }) Band(curve, low, high);
        }
        foreach (var curve in plot.Curves) Line(curve, plot.Frontier);
        Axes(plot, AxisObject.Of(plot.X, cell, horizontal: true, LogTicks.For(plot.X, plot.Curves.SelectMany(c => c.X))),
            LogTicks.For(plot.Y, plot.Curves.SelectMany(c => c.Y.Concat(c.Low ?? []).Concat(c.High ?? []))));
    }

    // Faint points first: the lines are what the eye should follow.
    private void Scatter(ScatterPlot plot)
    {
        foreach (var cloud in plot.Points)
        {
            var series = drawing.Series(cloud.Name);
            drawing.Traces.Add(Dyn.Trace("scatter",
                ("name", Words.Plain(cloud.Name)), ("x", Dyn.Numbers(cloud.X)), ("y", Dyn.Numbers(cloud.Y)), ("mode", "markers"),
                ("marker", Dyn.Of(("color", Theme.Colour(series)), ("size", 7), ("opacity", 0.5), ("symbol", Theme.Symbol(series)))),
                ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", cloud.Name), ("showlegend", drawing.EnterLegend(cloud.Name))));
        }
        foreach (var line in plot.Lines)
        {
            var series = drawing.Series(line.Name);
            drawing.Traces.Add(Dyn.Trace("scatter",
                ("name", Words.Plain(line.Name)), ("x", Dyn.Numbers(line.X)), ("y", Dyn.Numbers(line.Y)), ("mode", "lines"),
                ("line", Dyn.Of(("color", Theme.Colour(series)), ("width", 2.6), ("dash", Theme.Dash(series)))),
                ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", line.Name), ("showlegend", drawing.EnterLegend(line.Name))));
        }
        var all = plot.Points.Concat(plot.Lines).ToArray();
        Axes(plot, AxisObject.Of(plot.X, cell, horizontal: true, LogTicks.For(plot.X, all.SelectMany(c => c.X))), LogTicks.For(plot.Y, all.SelectMany(c => c.Y)));
    }

    private void Line(Curve curve, bool frontier)
    {
        var series = drawing.Series(curve.Name);
        var marked = frontier || curve.X.Length <= 25;
        var trace = Dyn.Trace("scatter",
            ("name", Words.Plain(curve.Name)), ("x", Dyn.Numbers(curve.X)), ("y", Dyn.Numbers(curve.Y)), ("mode", marked ? "lines+markers" : "lines"),
            ("line", Dyn.Of(("color", Theme.Colour(series)), ("width", 2.2), ("dash", Theme.Dash(series)))),
            ("marker", Dyn.Of(("color", Theme.Colour(series)), ("size", frontier ? 9 : 7), ("symbol", Theme.Symbol(series)))),
            ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", curve.Name), ("showlegend", drawing.EnterLegend(curve.Name)));
        if (frontier)
        {
            trace.With("error_y", Errors.Bars(curve.Y, curve.Low, curve.High, Theme.Colour(series)))
                .With("error_x", Errors.Bars(curve.X, curve.XLow, curve.XHigh, Theme.Colour(series)));
        }
        drawing.Traces.Add(trace);
    }

    // One closed outline per unbroken run of points: a gap in the curve is a gap in its band.
    private void Band(Curve curve, double[] low, double[] high)
    {
        var (x, y) = (new List<double?>(), new List<double?>());
        for (var i = 0; i < curve.X.Length; i++)
        {
            var start = i;
            while (i < curve.X.Length && double.IsFinite(low[i]) && double.IsFinite(high[i]) && double.IsFinite(curve.X[i])) i++;
            if (i == start) continue;
            if (x.Count > 0) (x, y) = ([.. x, null], [.. y, null]);
            for (var k = start; k < i; k++) (x, y) = (Add(x, curve.X[k]), Add(y, high[k]));
            for (var k = i - 1; k >= start; k--) (x, y) = (Add(x, curve.X[k]), Add(y, low[k]));
        }
        drawing.Traces.Add(Dyn.Trace("scatter",
            ("name", Words.Plain(curve.Name)), ("x", x), ("y", y), ("mode", "lines"), ("fill", "toself"),
            ("fillcolor", Theme.Faint(drawing.Series(curve.Name), 0.2)), ("line", Dyn.Of(("width", 0))), ("hoverinfo", "skip"),
            ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", curve.Name), ("showlegend", false)));

        static List<double?> Add(List<double?> list, double value)
        {
            list.Add(value);
            return list;
        }
    }

    private void Bars(BarsPlot plot)
    {
        var labels = new PlaceLabels(plot.Bars.Select(b => b.Group ?? b.Name).Distinct(), cell.Width);
        if (plot.Bars[0].Group is null) BarTrace("", plot.Bars, labels, legend: false);
        else
        {
            foreach (var bars in plot.Bars.GroupBy(b => b.Name)) BarTrace(bars.Key, [.. bars], labels, legend: true);
        }
        var x = AxisObject.Of(plot.X, cell, horizontal: true).With("type", "category").With("showgrid", false).With("ticks", "").With("tickangle", labels.Angle);
        Axes(plot, x, toZero: true);
    }

    private void BarTrace(string name, IReadOnlyList<Bar> bars, PlaceLabels labels, bool legend)
    {
        var places = bars.Select(b => labels.Of(b.Group ?? b.Name)).ToArray();
        var values = bars.Select(b => b.Value).ToArray();
        drawing.Traces.Add(Dyn.Trace("bar",
            ("name", legend ? Words.Plain(name) : null), ("x", places), ("y", Dyn.Numbers(values)),
            ("marker", Dyn.Of(("color", bars.Select(b => Theme.Colour(drawing.Series(b.Name))).ToArray()))),
            ("error_y", Errors.Bars(values, Ends(bars, b => b.Low), Ends(bars, b => b.High), Theme.Ink)),
            ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", legend ? name : null),
            ("showlegend", legend && drawing.EnterLegend(name))));
    }

    private static double[]? Ends(IReadOnlyList<Bar> bars, Func<Bar, double?> end) =>
        bars.Any(b => end(b) is not null) ? [.. bars.Select(b => end(b) ?? double.NaN)] : null;

    private void Histogram(HistogramPlot plot)
    {
        // An outline from edge to edge, which is read more easily than bars where samples overlap.
        double[] edges = [plot.Edges[0], .. plot.Edges];
        foreach (var sample in plot.Samples)
        {
            var series = drawing.Series(sample.Name);
            drawing.Traces.Add(Dyn.Trace("scatter",
                ("name", Words.Plain(sample.Name)), ("x", Dyn.Numbers(edges)), ("y", Dyn.Numbers([0, .. sample.Shares, 0])), ("mode", "lines"),
                ("line", Dyn.Of(("shape", "hv"), ("color", Theme.Colour(series)), ("width", 1.8))),
                ("fill", "tozeroy"), ("fillcolor", Theme.Faint(series, 0.3)),
                ("xaxis", cell.XRef), ("yaxis", cell.YRef), ("legendgroup", sample.Name), ("showlegend", drawing.EnterLegend(sample.Name))));
        }
        Axes(plot, AxisObject.Of(plot.X, cell, horizontal: true), toZero: true);
    }

    private void Axes(Plot plot, DynamicObj.DynamicObj x, LogTicks? yTicks = null, bool toZero = false)
    {
        var y = AxisObject.Of(plot.Y, cell, horizontal: false, yTicks);
        if (toZero) y.With("rangemode", "tozero").With("zeroline", true).With("zerolinecolor", Theme.Muted).With("zerolinewidth", 1);
        drawing.Layout.With(AxisObject.Name(cell.XRef), x).With(AxisObject.Name(cell.YRef), y);
    }
}
