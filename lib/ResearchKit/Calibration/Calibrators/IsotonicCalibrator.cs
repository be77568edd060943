namespace ResearchKit.Calibration;

/// <summary>
/// Isotonic calibration (Zadrozny and Elkan 2002): the non-decreasing function of the score nearest to the outcomes in
/// least squares. On the data of its fit its calibration error is 0 up to rounding, for every answer of one fitted
/// probability belongs to a block whose share of right answers that probability is.
/// </summary>
public sealed class IsotonicCalibrator : ICalibrator
{
    private readonly double[] knots, values;

    private IsotonicCalibrator(double[] knots, double[] values) => (this.knots, this.values) = (knots, values);

    /// <summary>Fits the steps; equal scores share one value.</summary>
    /// <param name="scores">Scores on any scale, at least one, finite.</param>
    /// <param name="outcomes">Which answers were right.</param>
    public static IsotonicCalibrator Fit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        CalibrationChecks.Scores(scores, outcomes);
        var groups = scores.Zip(outcomes).GroupBy(x => x.First, x => x.Second).OrderBy(group => group.Key).ToArray();
        var blocks = PoolAdjacentViolators.Of([.. groups.Select(g => g.Average(y => y ? 1.0 : 0))], [.. groups.Select(g => (double)g.Count())]);
        var ends = blocks.SelectMany(block => block.First == block.Last ? [(block.First, block.Value)] : new[] { (block.First, block.Value), (block.Last, block.Value) }).ToArray();
        return new IsotonicCalibrator([.. ends.Select(end => groups[end.Item1].Key)], [.. ends.Select(end => end.Value)]);
    }

    /// <summary>The block's value; between two blocks a straight line, outside all of them the nearest value.</summary>
    /// <param name="score">A finite score.</param>
    public double Apply(double score)
    {
        var above = Array.BinarySearch(knots, score);
        if (above >= 0) return values[above];
        above = ~above;
        if (above == 0) return values[0];
        if (above == knots.Length) return values[^1];
        var (low, high) = (values[above - 1], values[above]);
        return low + (high - low) * ((score - knots[above - 1]) / (knots[above] - knots[above - 1]));
    }
}
