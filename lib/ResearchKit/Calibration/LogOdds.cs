namespace ResearchKit.Calibration;

/// <summary>log p/(1 − p), the scale on which calibrators read scores: a reward margin r_w − r_l is one already under Bradley-Terry.</summary>
public static class LogOdds
{
    /// <summary>The log-odds of a probability.</summary>
    /// <param name="probability">0 to 1.</param>
    /// <param name="floor">Probabilities nearer than this to 0 or 1 are moved to it, for their log-odds would be infinite.</param>
    public static double Of(double probability, double floor = 1e-6)
    {
        if (probability is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "a probability between 0 and 1 is expected");
        if (floor is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(floor), floor, "a number between 0 and 0.5 is expected");
        var p = Math.Clamp(probability, floor, 1 - floor);
        return Math.Log(p / (1 - p));
    }

    /// <summary>σ(x) = 1/(1 + e⁻ˣ), the probability of log-odds x.</summary>
    public static double Probability(double logOdds)
    {
        var e = Math.Exp(-Math.Abs(logOdds));
        return logOdds >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>log σ(x), without overflow.</summary>
    internal static double LogProbability(double logOdds) => Math.Min(logOdds, 0) - Math.Log(1 + Math.Exp(-Math.Abs(logOdds)));
}
