namespace ResearchKit.Calibration;

/// <summary>The mean negative log-likelihood of outcomes under stated probabilities (the log loss), in nats; a proper scoring rule.</summary>
public static class NegativeLogLikelihood
{
    /// <summary>The mean of −log p over right answers and −log(1 − p) over wrong ones.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <returns>Not negative; infinite where a forecast of 0 or 1 was wrong, and never clipped.</returns>
    public static double Of(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        return confidence.Zip(correct, (stated, right) => -(right ? Math.Log(stated) : LogOfOneMinus(stated))).Average();
    }

    // log(1 - p) without losing small p: log1p by the identity of Kahan.
    private static double LogOfOneMinus(double p)
    {
        var u = 1 - p;
        if (u is 0) return double.NegativeInfinity;
        return u == 1 ? -p : Math.Log(u) * -p / (u - 1);
    }
}
