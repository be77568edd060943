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
    string Name, double[] X, double[] Y, double[]? Low = null, double[]? High = null, double[]? XLow = null, double[]? XHigh = null);
