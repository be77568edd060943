using System.Text.Json.Serialization;

namespace ResearchKit.Figures;

/// <summary>One pair of axes and what is drawn in it. Made by <c>Chart</c>.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(CurvesPlot), "curves")]
[JsonDerivedType(typeof(ScatterPlot), "scatter")]
[JsonDerivedType(typeof(BarsPlot), "bars")]
[JsonDerivedType(typeof(HistogramPlot), "histogram")]
[JsonDerivedType(typeof(HeatMapPlot), "heatMap")]
[JsonDerivedType(typeof(ReliabilityPlot), "reliability")]
public abstract record Plot(string Title, Axis X, Axis Y)
{
    /// <summary>The names that a style tells apart, in order.</summary>
    internal virtual IEnumerable<string> SeriesNames() => [];
}

/// <summary>Lines with bands, or (with <paramref name="Frontier"/>) joined points with intervals both ways.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Curves">The series.</param>
/// <param name="Frontier">True for markers and error bars instead of bands.</param>
public sealed record CurvesPlot(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Curves, bool Frontier) : Plot(Title, X, Y)
{
    internal override IEnumerable<string> SeriesNames() => Curves.Select(curve => curve.Name);
}

/// <summary>Points that are not joined, and lines over them.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The horizontal axis.</param>
/// <param name="Y">The vertical axis.</param>
/// <param name="Points">The clouds.</param>
/// <param name="Lines">The lines.</param>
public sealed record ScatterPlot(string Title, Axis X, Axis Y, IReadOnlyList<Curve> Points, IReadOnlyList<Curve> Lines) : Plot(Title, X, Y)
{
    internal override IEnumerable<string> SeriesNames() => Points.Concat(Lines).Select(curve => curve.Name);
}

/// <summary>Bars with intervals.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The axis of names or groups; its title may be empty.</param>
/// <param name="Y">The axis of values.</param>
/// <param name="Bars">The bars, in order.</param>
public sealed record BarsPlot(string Title, Axis X, Axis Y, IReadOnlyList<Bar> Bars) : Plot(Title, X, Y)
{
    /// <summary>True for more single bars than there are colours: a row of one colour, its names on the axis alone.</summary>
    internal bool IsRow => Bars[0].Group is null && Bars.Count > Figure.MostColours;

    internal override IEnumerable<string> SeriesNames() => IsRow ? [] : Bars.Select(bar => bar.Name);
}

/// <summary>Binned samples laid over one another.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The axis of values.</param>
/// <param name="Y">The axis of shares.</param>
/// <param name="Edges">The bins' edges, one more than there are bins.</param>
/// <param name="Samples">The samples.</param>
public sealed record HistogramPlot(string Title, Axis X, Axis Y, double[] Edges, IReadOnlyList<BinnedSample> Samples) : Plot(Title, X, Y)
{
    internal override IEnumerable<string> SeriesNames() => Samples.Select(sample => sample.Name);
}

/// <summary>A matrix as coloured cells, the first row on top.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The axis of columns.</param>
/// <param name="Y">The axis of rows.</param>
/// <param name="Values">Rows of cells; NaN is left blank.</param>
/// <param name="XLabels">The columns' names.</param>
/// <param name="YLabels">The rows' names.</param>
/// <param name="CellText">What is written in the cells, or null for nothing.</param>
/// <param name="Diverging">True for a scale whose middle is zero.</param>
public sealed record HeatMapPlot(
    string Title, Axis X, Axis Y, double[][] Values, IReadOnlyList<string> XLabels, IReadOnlyList<string> YLabels,
    IReadOnlyList<IReadOnlyList<string>>? CellText, bool Diverging) : Plot(Title, X, Y);

/// <summary>Accuracy against confidence over the line of perfect calibration, with the bins' counts below.</summary>
/// <param name="Title">The plot's title.</param>
/// <param name="X">The axis of confidence.</param>
/// <param name="Y">The axis of accuracy.</param>
/// <param name="Curves">One per model.</param>
public sealed record ReliabilityPlot(string Title, Axis X, Axis Y, IReadOnlyList<ReliabilityCurve> Curves) : Plot(Title, X, Y)
{
    internal override IEnumerable<string> SeriesNames() => Curves.Select(curve => curve.Name);
}
