namespace ResearchKit.Figures;

/// <summary>The kinds of figure. Each call checks its data and gives a pure description; nothing is drawn here.</summary>
public static class Chart
{
    /// <summary>Curves over steps or any other axis, each with an optional band (<see cref="SeedBand"/> gives one over seeds).</summary>
    /// <exception cref="FigureException">A curve's arrays differ in length, or a log axis is given a value that is not positive.</exception>
    public static Figure Curves(string title, Axis x, Axis y, IReadOnlyList<Curve> curves) => Joined(title, x, y, curves, frontier: false);

    /// <summary>
    /// A trade-off, reward against KL for example: each curve's points are joined in the order given and marked, with
    /// error bars where intervals are given, in both directions.
    /// </summary>
    /// <exception cref="FigureException">A curve's arrays differ in length, or a log axis is given a value that is not positive.</exception>
    public static Figure Frontier(string title, Axis x, Axis y, IReadOnlyList<Curve> curves) => Joined(title, x, y, curves, frontier: true);

    /// <summary>Points that are not joined, one per run or checkpoint, with lines over them: fits, for example.</summary>
    /// <param name="title">The title.</param>
    /// <param name="x">The horizontal axis.</param>
    /// <param name="y">The vertical axis.</param>
    /// <param name="points">The clouds; intervals are not drawn.</param>
    /// <param name="lines">Lines without markers; one that shares a cloud's name has its colour and no legend entry of its own.</param>
    /// <exception cref="FigureException">A curve's arrays differ in length, or a log axis is given a value that is not positive.</exception>
    public static Figure Scatter(string title, Axis x, Axis y, IReadOnlyList<Curve> points, IReadOnlyList<Curve>? lines = null)
    {
        Check.Some(title, points, "cloud of points");
        lines ??= [];
        foreach (var curve in points.Concat(lines)) Check.Curve(title, x, y, curve);
        return One(title, new ScatterPlot(title, x, y, [.. points], [.. lines]));
    }

    /// <summary>Bars with intervals; bars that share a group stand together and are told apart by the legend.</summary>
    /// <exception cref="FigureException">There is no bar, or some bars have a group and others none.</exception>
    public static Figure Bars(string title, Axis value, IReadOnlyList<Bar> bars)
    {
        Check.Some(title, bars, "bar");
        var grouped = bars.Count(b => b.Group is not null);
        if (grouped != 0 && grouped != bars.Count)
            throw new FigureException($"figure '{title}': {grouped} of {bars.Count} bars have a group; either all have one or none.");
        return One(title, new BarsPlot(title, new Axis(""), value, [.. bars]));
    }

    /// <summary>Samples binned alike (equal widths over the range of all) and laid over one another, as shares of each sample.</summary>
    /// <exception cref="FigureException">A sample has no finite value, or there are fewer than 1 or more than 500 bins.</exception>
    public static Figure Histogram(string title, Axis x, IReadOnlyList<Sample> samples, int bins = 30)
    {
        Check.Some(title, samples, "sample");
        var edges = Bins.Edges(title, x, samples, bins);
        var binned = samples.Select(s => Bins.Count(s, edges)).ToArray();
        return One(title, new HistogramPlot(title, x, new Axis("share of values per bin"), edges, binned));
    }

    /// <summary>A matrix as coloured cells, its first row on top.</summary>
    /// <param name="title">The title.</param>
    /// <param name="x">What the columns are.</param>
    /// <param name="y">What the rows are.</param>
    /// <param name="values">The cells [rows, columns]; NaN is left blank.</param>
    /// <param name="xLabels">The columns' names.</param>
    /// <param name="yLabels">The rows' names.</param>
    /// <param name="cellText">What is written in each cell [rows, columns]; null writes the number while the cells are large enough for it.</param>
    /// <param name="diverging">True for a scale whose middle is zero (differences, correlations).</param>
    /// <exception cref="FigureException">Labels or texts do not fit the matrix.</exception>
    public static Figure HeatMap(
        string title, Axis x, Axis y, double[,] values, IReadOnlyList<string> xLabels, IReadOnlyList<string> yLabels,
        string[,]? cellText = null, bool diverging = false)
    {
        ArgumentNullException.ThrowIfNull(values);
        var (rows, columns) = (values.GetLength(0), values.GetLength(1));
        Check.Matrix(title, rows, columns, xLabels, yLabels, cellText);
        var cells = Matrix.Rows(values);
        // At notebook width a cell of a 14-column map is still wide enough for four digits.
        var text = cellText is not null ? Matrix.Rows(cellText)
            : columns <= 14 ? cells.Select(row => row.Select(FigureText.Short).ToArray()).ToArray()
            : null;
        return One(title, new HeatMapPlot(title, x, y, cells, [.. xLabels], [.. yLabels], text, diverging));
    }

    /// <summary>A reliability diagram: accuracy against confidence over the line of perfect calibration, the bins' counts below.</summary>
    /// <exception cref="FigureException">A curve's arrays differ in length, or a value lies outside 0 to 1.</exception>
    public static Figure Reliability(string title, IReadOnlyList<ReliabilityCurve> curves)
    {
        Check.Some(title, curves, "curve");
        foreach (var curve in curves) Check.Reliability(title, curve);
        return One(title, new ReliabilityPlot(
            title, new Axis("confidence", Min: 0, Max: 1), new Axis("accuracy", Min: 0, Max: 1), [.. curves]));
    }

    /// <summary>Several figures as panels of one, with one legend; a name keeps its colour in all of them, and diverging heat maps share one colour scale.</summary>
    /// <param name="title">The title over all panels.</param>
    /// <param name="figures">The panels, row by row.</param>
    /// <param name="columns">Panels per row; 1 stacks them.</param>
    /// <exception cref="FigureException">There is no figure, or the columns are not 1 to 4.</exception>
    public static Figure Panels(string title, IReadOnlyList<Figure> figures, int columns = 2)
    {
        Check.Some(title, figures, "panel");
        if (columns is < 1 or > 4) throw new FigureException($"figure '{title}': {columns} columns of panels; 1 to 4 are readable.");
        var plots = figures.SelectMany(f => f.Plots).ToArray();
        return new Figure(title, plots, Math.Min(columns, plots.Length));
    }

    private static Figure Joined(string title, Axis x, Axis y, IReadOnlyList<Curve> curves, bool frontier)
    {
        Check.Some(title, curves, "curve");
        foreach (var curve in curves) Check.Curve(title, x, y, curve);
        return One(title, new CurvesPlot(title, x, y, [.. curves], frontier));
    }

    private static Figure One(string title, Plot plot) => new(title, [plot], Columns: 1);
}
