namespace ResearchKit.Calibration;

/// <summary>
/// How far stated confidence is from accuracy, over bins (Naeini, Cooper and Hauskrecht 2015). All are blind to
/// discrimination: one constant confidence, equal to the accuracy, has error 0. Look at the AUROC and the histogram beside them.
/// </summary>
public static class CalibrationError
{
    /// <summary>Expected calibration error: Σ_b n_b/n |accuracy_b − confidence_b|, over bins of equal width.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <param name="bins">How many bins; the paper takes 10.</param>
    /// <returns>0 to 1. On few answers it is above the true error, also of a perfectly calibrated source: by chance the bins miss.</returns>
    public static double Expected(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, int bins = 10) =>
        Weighted(ReliabilityBins.EqualWidth(confidence, correct, bins));

    /// <summary>Adaptive calibration error: the same sum over bins of equal mass (Nguyen and O'Connor 2015).</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <param name="bins">How many bins.</param>
    public static double Adaptive(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, int bins = 10) =>
        Weighted(ReliabilityBins.EqualMass(confidence, correct, bins));

    /// <summary>Σ_b n_b/n |accuracy_b − confidence_b| of given bins.</summary>
    /// <param name="bins">Bins of <see cref="ReliabilityBins"/>, at least one not empty.</param>
    public static double Weighted(IReadOnlyList<ReliabilityBin> bins) =>
        Filled(bins).Sum(bin => bin.Count * bin.Gap) / bins.Sum(bin => bin.Count);

    /// <summary>Average calibration error (netcal's ACE): the plain mean of |accuracy_b − confidence_b| over bins that are not empty.</summary>
    /// <param name="bins">Bins of <see cref="ReliabilityBins"/>, at least one not empty.</param>
    public static double Average(IReadOnlyList<ReliabilityBin> bins) => Filled(bins).Average(bin => bin.Gap);

    /// <summary>Maximum calibration error: the largest |accuracy_b − confidence_b|, however few answers the bin holds.</summary>
    /// <param name="bins">Bins of <see cref="ReliabilityBins"/>, at least one not empty.</param>
    public static double Maximum(IReadOnlyList<ReliabilityBin> bins) => Filled(bins).Max(bin => bin.Gap);

    /// <summary>The confidence put into wrong answers: the mean of confidence · (1 − correct) over all answers (the paper's MPCE).</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    public static double OnWrongAnswers(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        return confidence.Zip(correct, (stated, right) => right ? 0 : stated).Average();
    }

    private static IEnumerable<ReliabilityBin> Filled(IReadOnlyList<ReliabilityBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        if (bins.All(bin => bin.Count == 0)) throw new ArgumentException("every bin is empty; at least one forecast is expected", nameof(bins));
        return bins.Where(bin => bin.Count > 0);
    }
}
