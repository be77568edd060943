namespace ResearchKit.Figures;

/// <summary>One named series of points, with an optional interval at each point.</summary>
/// <param name="Name">The name in the legend; the same name has the same colour in every panel of a figure.</param>
/// <param name="X">Abscissas, in the order in which the points are joined.</param>
/// <param name="Y">Ordinates, as many as <paramref name="X"/>; NaN leaves a gap.</param>
/// <param name="Low">Lower ends of the intervals of <paramref name="Y"/>, or null.</param>
/// <param name="High">Upper ends of the intervals of <paramref name="Y"/>, or null.</param>
/// <param name="XLow">Lower ends of the intervals of <paramref name="X"/>, or null (drawn in a frontier).</param>
/// <param name="XHigh">Upper ends of the intervals of <paramref name="X"/>, or null (drawn in a frontier).</param>
public sealed record Curve(
    string Name, double[] X, double[] Y, double[]? Low = null, double[]? High = null, double[]? XLow = null, double[]? XHigh = null)
{
    /// <summary>The running mean of the last points: at each point over itself and those before it; intervals are dropped.</summary>
    /// <param name="window">Points in a mean; at the curve's beginning there are fewer.</param>
    public Curve Smoothed(int window = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        return new Curve(Name, X, [.. Y.Select((_, i) => Y[Math.Max(0, i - window + 1)..(i + 1)].Average())]);
    }

    /// <summary>Evenly spaced points of this curve, the first and the last among them: enough for the eye, and light in a saved notebook.</summary>
    /// <param name="points">At most so many, at least two.</param>
    public Curve Thinned(int points = 40)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        if (X.Length <= points) return this;
        int[] shown = [.. Enumerable.Range(0, points).Select(i => (int)Math.Round(i * (X.Length - 1) / (points - 1.0)))];
        double[]? Pick(double[]? values) => values is null ? null : [.. shown.Select(i => values[i])];
        return new Curve(Name, Pick(X)!, Pick(Y)!, Pick(Low), Pick(High), Pick(XLow), Pick(XHigh));
    }
}
