namespace ResearchKit.Calibration;

/// <summary>
/// Beta calibration (Kull, Silva Filho and Flach 2017, equation 5): p = σ(a ln q − b ln(1 − q) + c) with q = σ(s) and
/// a, b ≥ 0. a = b is Platt scaling; a = b = 1, c = 0 changes nothing; a ≠ b bends one end more than the other. As in the
/// paper a negative a or b is set to 0 and the rest fitted again; targets are smoothed as in <see cref="PlattCalibrator"/>.
/// </summary>
public sealed class BetaCalibrator : ICalibrator
{
    private BetaCalibrator(double a, double b, double c) => (A, B, C) = (a, b, c);

    /// <summary>a ≥ 0: the slope at low probabilities.</summary>
    public double A { get; }

    /// <summary>b ≥ 0: the slope at high probabilities.</summary>
    public double B { get; }

    /// <summary>c.</summary>
    public double C { get; }

    /// <summary>Fits a, b and c.</summary>
    /// <param name="scores">Log-odds, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    public static BetaCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        CalibrationChecks.Scores(scores, outcomes);
        var w = LogisticFit.Of([.. scores.Select(s => new[] { LogOdds.LogProbability(s), -LogOdds.LogProbability(-s), 1 })], outcomes);
        return new BetaCalibrator(w[0], w[1], w[2]);
    }

    /// <inheritdoc/>
    public double Apply(double score) => LogOdds.Probability(A * LogOdds.LogProbability(score) - B * LogOdds.LogProbability(-score) + C);
}
