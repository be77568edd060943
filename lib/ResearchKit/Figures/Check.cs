namespace ResearchKit.Figures;

/// <summary>What every figure's data must satisfy; each error names the figure, the series and the numbers.</summary>
internal static class Check
{
    internal static void Some<T>(string title, IReadOnlyList<T> items, string what)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(items);
        if (items.Count == 0) throw new FigureException($"figure '{title}': there is no {what} to draw; give at least one.");
    }

    internal static void Curve(string title, Axis x, Axis y, Curve curve)
    {
        Length(title, curve.Name, "Y", curve.Y, curve.X.Length);
        Pair(title, curve.Name, "Low", curve.Low, "High", curve.High, curve.X.Length);
        Pair(title, curve.Name, "XLow", curve.XLow, "XHigh", curve.XHigh, curve.X.Length);
        Positive(title, curve.Name, x, curve.X);
        Positive(title, curve.Name, y, curve.Y);
    }

    internal static void Reliability(string title, ReliabilityCurve curve)
    {
        Length(title, curve.Name, "Accuracy", curve.Accuracy, curve.Confidence.Length);
        Pair(title, curve.Name, "Low", curve.Low, "High", curve.High, curve.Confidence.Length);
        if (curve.Counts.Length != curve.Confidence.Length)
            throw new FigureException($"figure '{title}', curve '{curve.Name}': {curve.Counts.Length} counts for {curve.Confidence.Length} bins.");
        foreach (var value in curve.Confidence.Concat(curve.Accuracy))
        {
            if (value is < 0 or > 1)
                throw new FigureException($"figure '{title}', curve '{curve.Name}': {FigureText.Number(value)} is not between 0 and 1, as confidences and accuracies are.");
        }
    }

    internal static void Matrix(string title, int rows, int columns, IReadOnlyList<string> xLabels, IReadOnlyList<string> yLabels, string[,]? text)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(xLabels);
        ArgumentNullException.ThrowIfNull(yLabels);
        if (rows == 0 || columns == 0) throw new FigureException($"figure '{title}': the matrix is {rows} x {columns}; it needs at least one cell.");
        if (xLabels.Count != columns || yLabels.Count != rows)
            throw new FigureException($"figure '{title}': {yLabels.Count} row and {xLabels.Count} column labels for a {rows} x {columns} matrix.");
        if (text is not null && (text.GetLength(0) != rows || text.GetLength(1) != columns))
            throw new FigureException($"figure '{title}': {text.GetLength(0)} x {text.GetLength(1)} cell texts for a {rows} x {columns} matrix.");
    }

    private static void Pair(string title, string name, string lowName, double[]? low, string highName, double[]? high, int count)
    {
        if (low is null && high is null) return;
        if (low is null || high is null)
            throw new FigureException($"figure '{title}', curve '{name}': {lowName} and {highName} go together; only {(low is null ? highName : lowName)} is given.");
        Length(title, name, lowName, low, count);
        Length(title, name, highName, high, count);
    }

    private static void Length(string title, string name, string what, double[] values, int count)
    {
        if (values.Length != count)
            throw new FigureException($"figure '{title}', curve '{name}': {what} has {values.Length} values, the abscissa has {count}; they must be as many.");
    }

    private static void Positive(string title, string name, Axis axis, double[] values)
    {
        if (!axis.Log) return;
        var bad = Array.FindIndex(values, v => v <= 0);
        if (bad >= 0)
            throw new FigureException($"figure '{title}', curve '{name}': {FigureText.Number(values[bad])} at point {bad} cannot stand on the logarithmic axis '{axis.Title}'.");
    }
}
