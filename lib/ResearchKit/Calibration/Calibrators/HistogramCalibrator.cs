namespace ResearchKit.Calibration;

/// <summary>
/// Histogram binning (Zadrozny and Elkan 2001): each of several bins of about equal mass gets its share of right answers.
/// As published the shares may go up and down; here neighbours out of order are merged, so that a higher score never gets
/// a lower probability.
/// </summary>
public sealed class HistogramCalibrator : ICalibrator
{
    private readonly double[] starts, values;

    private HistogramCalibrator(double[] starts, double[] values) => (this.starts, this.values) = (starts, values);

    /// <summary>How many bins were left after equal scores were kept together and neighbours merged.</summary>
    public int Bins => values.Length;

    /// <summary>Fits ten bins.</summary>
    /// <param name="scores">Scores on any scale, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    public static HistogramCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes) => Fit(scores, outcomes, 10);

    /// <summary>Fits the bins.</summary>
    /// <param name="scores">Scores on any scale, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    /// <param name="bins">The most bins there may be.</param>
    public static HistogramCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes, int bins)
    {
        CalibrationChecks.Scores(scores, outcomes);
        CalibrationChecks.Bins(bins);
        double[] sorted = [.. scores.Order()];
        double[] edges = [.. Enumerable.Range(0, bins).Select(k => sorted[(int)((long)k * sorted.Length / bins)]).Distinct()];
        var (right, count) = (new double[edges.Length], new double[edges.Length]);
        for (var i = 0; i < scores.Count; i++)
        {
            var bin = BinOf(edges, scores[i]);
            (right[bin], count[bin]) = (right[bin] + (outcomes[i] ? 1 : 0), count[bin] + 1);
        }
        var blocks = PoolAdjacentViolators.Of([.. right.Zip(count, (r, n) => r / n)], count);
        return new HistogramCalibrator([.. blocks.Select(block => edges[block.First])], [.. blocks.Select(block => block.Value)]);
    }

    /// <inheritdoc/>
    public double Apply(double score) => values[BinOf(starts, score)];

    // The last bin that starts at or below the score; the first takes what lies below all.
    private static int BinOf(double[] starts, double score)
    {
        var place = Array.BinarySearch(starts, score);
        return place >= 0 ? place : Math.Max(0, ~place - 1);
    }
}
