namespace ResearchKit.Calibration;

/// <summary>
/// The mean squared error of stated probabilities (Brier 1950), and what it is made of (Murphy 1973; with the terms inside
/// bins of Stephenson, Coelho and Jolliffe 2008).
/// </summary>
public static class BrierScore
{
    /// <summary>The mean of (confidence − correct)², 0 to 1; a proper scoring rule.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    public static double Of(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        return confidence.Zip(correct, (stated, right) => Square(stated - Number(right))).Average();
    }

    /// <summary>The decomposition over the distinct forecasts: nothing is left inside a group, so score = reliability − resolution + uncertainty.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    public static BrierDecomposition Decompose(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        return Decompose(confidence, correct, stated => stated);
    }

    /// <summary>The decomposition over bins of equal width: forecasts inside a bin differ, and what that adds is a term of its own.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <param name="bins">How many bins.</param>
    public static BrierDecomposition Decompose(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, int bins)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        CalibrationChecks.Bins(bins);
        return Decompose(confidence, correct, stated => Math.Min(bins - 1, Math.Floor(stated * bins)));
    }

    private static BrierDecomposition Decompose(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, Func<double, double> group)
    {
        var n = confidence.Count;
        var rate = correct.Average(Number);
        var (reliability, resolution, within) = (0.0, 0.0, 0.0);
        foreach (var members in Enumerable.Range(0, n).GroupBy(i => group(confidence[i])))
        {
            var (stated, right) = (members.Average(i => confidence[i]), members.Average(i => Number(correct[i])));
            var share = (double)members.Count() / n;
            reliability += share * Square(stated - right);
            resolution += share * Square(right - rate);
            // Variance of the forecasts inside the group, less twice their covariance with the outcomes.
            within += members.Sum(i => Square(confidence[i] - stated) - 2 * (Number(correct[i]) - right) * (confidence[i] - stated)) / n;
        }
        return new BrierDecomposition(reliability, resolution, rate * (1 - rate), within);
    }

    private static double Number(bool right) => right ? 1 : 0;

    private static double Square(double x) => x * x;
}
