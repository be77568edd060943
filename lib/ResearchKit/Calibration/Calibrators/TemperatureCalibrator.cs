namespace ResearchKit.Calibration;

/// <summary>Temperature scaling (Guo et al. 2017, arXiv 1706.04599, equation 9): p = σ(s/T), one T > 0.</summary>
/// <remarks>
/// T minimises the negative log-likelihood, which is convex in 1/T, over 1/1000 ≤ T ≤ 1000. That alone may raise the
/// expected calibration error, for example where scores need a shift. So on the way from that T back to 1, the first T
/// is taken whose error is not above that of T = 1: neither the likelihood nor the error, over ten bins of equal width,
/// is worse on the data of the fit than without calibration.
/// </remarks>
public sealed class TemperatureCalibrator : ICalibrator
{
    private const double Limit = 1000;
    private const int Steps = 64;

    private TemperatureCalibrator(double temperature, double likeliest) => (Temperature, Likeliest) = (temperature, likeliest);

    /// <summary>T: above 1 where scores were overconfident.</summary>
    public double Temperature { get; }

    /// <summary>The T of maximum likelihood, before the guard on the calibration error.</summary>
    public double Likeliest { get; }

    /// <summary>Fits T.</summary>
    /// <param name="scores">Log-odds, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    public static TemperatureCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        CalibrationChecks.Scores(scores, outcomes);
        var logT = -MostLikelyLogScale(scores, outcomes);
        double Error(double log) => CalibrationError.Expected([.. scores.Select(s => LogOdds.Probability(s * Math.Exp(-log)))], outcomes);
        var plain = Error(0);
        var taken = Enumerable.Range(0, Steps).Select(step => logT * (1 - (double)step / Steps)).Append(0).First(log => Error(log) <= plain);
        return new TemperatureCalibrator(Math.Exp(taken), Math.Exp(logT));
    }

    /// <inheritdoc/>
    public double Apply(double score) => LogOdds.Probability(score / Temperature);

    // log(1/T): bisection on the derivative of the likelihood by 1/T, Σ (σ(s/T) − y) s, which rises with 1/T.
    private static double MostLikelyLogScale(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        double Slope(double log) => scores.Zip(outcomes, (s, y) => (LogOdds.Probability(s * Math.Exp(log)) - (y ? 1 : 0)) * s).Sum();
        var (low, high) = (-Math.Log(Limit), Math.Log(Limit));
        if (Slope(low) >= 0) return low;
        if (Slope(high) <= 0) return high;
        while (high - low > 1e-12)
        {
            var middle = (low + high) / 2;
            if (Slope(middle) < 0) low = middle;
            else high = middle;
        }
        return (low + high) / 2;
    }
}
