namespace ResearchKit.Evaluation;

/// <summary>The area under the precision-recall curve as average precision: Σ (recall_k − recall_{k−1}) precision_k over the distinct scores, highest first.</summary>
public static class AveragePrecision
{
    /// <summary>Average precision, in (0, 1]; the share of positives is chance.</summary>
    /// <param name="positives">Scores of the positives, at least one, none NaN.</param>
    /// <param name="negatives">Scores of the negatives, possibly none, none NaN.</param>
    public static double Of(IReadOnlyList<double> positives, IReadOnlyList<double> negatives)
    {
        ArgumentNullException.ThrowIfNull(positives);
        ArgumentNullException.ThrowIfNull(negatives);
        if (positives.Count == 0) throw new ArgumentException("at least one positive is expected", nameof(positives));
        var all = positives.Select(score => (score, 1)).Concat(negatives.Select(score => (score, 0))).ToArray();
        if (all.Any(x => double.IsNaN(x.score))) throw new ArgumentException("a score is NaN; scores must be numbers that can be ordered", nameof(positives));
        var (sum, hits, seen) = (0.0, 0, 0);
        foreach (var tied in all.GroupBy(x => x.score, x => x.Item2).OrderByDescending(group => group.Key))
        {
            var found = tied.Sum();
            (hits, seen) = (hits + found, seen + tied.Count());
            sum += (double)found / positives.Count * hits / seen;
        }
        return sum;
    }
}
