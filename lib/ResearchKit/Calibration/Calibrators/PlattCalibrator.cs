namespace ResearchKit.Calibration;

/// <summary>
/// Platt scaling (Platt 1999): p = σ(a s + b), fitted to his smoothed targets, (N₊+1)/(N₊+2) and 1/(N₋+2), so that
/// separable data has a finite fit. a is held at 0 or above: scores that rank the wrong way round get one probability.
/// </summary>
public sealed class PlattCalibrator : ICalibrator
{
    private PlattCalibrator(double slope, double intercept) => (Slope, Intercept) = (slope, intercept);

    /// <summary>a ≥ 0.</summary>
    public double Slope { get; }

    /// <summary>b.</summary>
    public double Intercept { get; }

    /// <summary>Fits a and b.</summary>
    /// <param name="scores">Log-odds, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    public static PlattCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        CalibrationChecks.Scores(scores, outcomes);
        var weights = LogisticFit.Of([.. scores.Select(s => new[] { s, 1 })], outcomes);
        return new PlattCalibrator(weights[0], weights[1]);
    }

    /// <inheritdoc/>
    public double Apply(double score) => LogOdds.Probability(Slope * score + Intercept);
}
