namespace ResearchKit.Evaluation;

/// <summary>A whole learning curve as one number, for claims about sample efficiency.</summary>
public static class LearningCurve
{
    /// <summary>The mean height under the curve: its trapezoid area over the width of the axis.</summary>
    /// <param name="x">Rising abscissas, at least two.</param>
    /// <param name="y">As many values.</param>
    public static double MeanHeight(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Count < 2) throw new ArgumentException($"two lists of equal length, at least 2, are expected; found {x.Count} and {y.Count}", nameof(y));
        var area = 0.0;
        for (var i = 1; i < x.Count; i++)
        {
            if (!(x[i] > x[i - 1])) throw new ArgumentException(FormattableString.Invariant($"abscissas rise; found {x[i]} after {x[i - 1]} at place {i}"), nameof(x));
            area += (x[i] - x[i - 1]) * (y[i] + y[i - 1]) / 2;
        }
        return area / (x[^1] - x[0]);
    }
}
