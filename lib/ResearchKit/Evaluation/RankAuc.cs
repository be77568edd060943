namespace ResearchKit.Evaluation;

/// <summary>The area under the ROC curve: the chance that a positive scores above a negative, ties counting half.</summary>
public static class RankAuc
{
    /// <summary>The Mann-Whitney statistic over n·m, in [0, 1]; 0.5 is chance.</summary>
    /// <param name="positives">Scores of the positives, at least one, none NaN.</param>
    /// <param name="negatives">Scores of the negatives, at least one, none NaN.</param>
    public static double Of(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentNullException.ThrowIfNull(negatives);
        if (positives.Count == 0 || negatives.Count == 0) throw new ArgumentException($"both sides need a score, found {positives.Count} positives and {negatives.Count} negatives");
        if (positives.Concat(negatives).Any(double.IsNaN)) throw new ArgumentException("a score is NaN; scores must be numbers that can be ordered", nameof(positives));
        var sorted = negatives.Order().ToArray();
        return positives.Average(score => (Below(sorted, score, orEqual: false) + Below(sorted, score, orEqual: true)) / 2.0) / sorted.Length;
    }

    // How many of the sorted values lie below the score (or at it).
    private static int Below(double[] sorted, double score, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < score || (orEqual && sorted[middle] <= score)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
