using MathNet.Numerics.Statistics;

namespace ResearchKit.Evaluation;

/// <summary>Correlation of ranks.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ: the Pearson correlation of the ranks, ties sharing their mean rank.</summary>
    /// <param name="x">At least two values.</param>
    /// <param name="y">As many values, in the same order.</param>
    /// <returns>−1 .. 1; NaN where either side is constant.</returns>
    public static double Spearman(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Count < 2) throw new ArgumentException($"two lists of equal length, at least 2, are expected; found {x.Count} and {y.Count}", nameof(y));
        return Correlation.Spearman(x, y);
    }
}
