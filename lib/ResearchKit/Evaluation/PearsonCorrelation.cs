using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace ResearchKit.Evaluation;

/// <summary>Pearson's correlation.</summary>
/// <param name="R">r, −1 .. 1; NaN where either side is constant.</param>
/// <param name="P">Two-sided p-value of r = 0, from Student's t with n − 2 degrees of freedom; NaN for n = 2.</param>
public readonly record struct PearsonCorrelation(double R, double P)
{
    /// <summary>r and its p-value, as scipy.stats.pearsonr gives them.</summary>
    /// <param name="x">At least two values.</param>
    /// <param name="y">As many values, in the same order.</param>
    public static PearsonCorrelation Of(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.Count != y.Count || x.Count < 2) throw new ArgumentException($"two lists of equal length, at least 2, are expected; found {x.Count} and {y.Count}", nameof(y));
        var r = Math.Clamp(Correlation.Pearson(x, y), -1, 1);
        if (x.Count == 2 || !double.IsFinite(r)) return new PearsonCorrelation(r, double.NaN);
        var freedom = x.Count - 2;
        var t = Math.Abs(r) * Math.Sqrt(freedom / (1 - r * r));
        return new PearsonCorrelation(r, double.IsInfinity(t) ? 0 : 2 * StudentT.CDF(0, 1, freedom, -t));
    }
}
