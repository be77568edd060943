namespace ResearchKit.Calibration;

/// <summary>
/// One calibrator for each range of answer lengths, where a reward model's margins mean more for some lengths than for
/// others. At any one length it is monotone in the score; across lengths it may change the ranking, which is its purpose.
/// </summary>
public sealed class LengthConditionalCalibrator
{
    private readonly double[] starts;
    private readonly ICalibrator[] calibrators;

    private LengthConditionalCalibrator(double[] starts, ICalibrator[] calibrators) => (this.starts, this.calibrators) = (starts, calibrators);

    /// <summary>The shortest length of each range, the first one excepted, which takes all that is shorter too.</summary>
    public IReadOnlyList<double> Starts => starts;

    /// <summary>Fits one calibrator per range; ranges hold about as many answers each, equal lengths staying together.</summary>
    /// <param name="scores">Scores, at least one, finite.</param>
    /// <param name="lengths">The answers' lengths, or differences of lengths, in the same order, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    /// <param name="groups">The most ranges there may be.</param>
    /// <param name="fit">Fits the calibrator of one range, such as <see cref="PlattCalibrator.Fit"/>.</param>
    public static LengthConditionalCalibrator Fit(
        IReadOnlyList<double> scores, IReadOnlyList<double> lengths, IReadOnlyList<bool> outcomes, int groups, CalibratorFit fit)
    {
        CalibrationChecks.Scores(scores, outcomes);
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (lengths.Count != scores.Count) throw new ArgumentException($"{lengths.Count} lengths for {scores.Count} scores; one each is expected", nameof(lengths));
        CalibrationChecks.Finite(lengths, nameof(lengths));
        double[] sorted = [.. lengths.Order()];
        double[] starts = [.. Enumerable.Range(0, groups).Select(k => sorted[(int)((long)k * sorted.Length / groups)]).Distinct()];
        var members = Enumerable.Range(0, scores.Count).ToLookup(i => RangeOf(starts, lengths[i]));
        return new LengthConditionalCalibrator(starts, [.. starts.Select((_, range) =>
            fit([.. members[range].Select(i => scores[i])], [.. members[range].Select(i => outcomes[i])]))]);
    }

    /// <summary>The probability, 0 to 1, that an answer of this score and length is right.</summary>
    public double Apply(double score, double length) => calibrators[RangeOf(starts, length)].Apply(score);

    private static int RangeOf(double[] starts, double length)
    {
        var place = Array.BinarySearch(starts, length);
        return place >= 0 ? place : Math.Max(0, ~place - 1);
    }
}
