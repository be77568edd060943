namespace ResearchKit.Evaluation;

/// <summary>One scored pair in RewardBench's layout.</summary>
/// <param name="Subset">The pair's category.</param>
/// <param name="Chosen">The score of the chosen answer.</param>
/// <param name="Rejected">The score of the rejected answer.</param>
public readonly record struct ScoredPair(string Subset, double Chosen, double Rejected);

/// <summary>
/// Pair accuracy by category, as RewardBench evaluates a reward model (scripts/run_rm.py): a pair is right if the chosen
/// answer scores strictly higher; a tie is wrong.
/// </summary>
/// <param name="Accuracies">By category, in the order in which they first come.</param>
/// <param name="Counts">Pairs by category.</param>
public sealed record PairwiseByCategory(IReadOnlyDictionary<string, double> Accuracies, IReadOnlyDictionary<string, int> Counts)
{
    /// <summary>The mean over all pairs.</summary>
    public double Overall => Accuracies.Sum(entry => entry.Value * Counts[entry.Key]) / Counts.Values.Sum();

    /// <summary>The mean over categories, each counting the same.</summary>
    public double Macro => Accuracies.Values.Average();

    /// <summary>Evaluates scored pairs.</summary>
    /// <exception cref="ArgumentException">No pair, or a score is NaN.</exception>
    public static PairwiseByCategory Of(IReadOnlyList<ScoredPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) throw new ArgumentException("at least one pair is expected", nameof(pairs));
        for (var i = 0; i < pairs.Count; i++)
        {
            if (double.IsNaN(pairs[i].Chosen) || double.IsNaN(pairs[i].Rejected))
                throw new ArgumentException(FormattableString.Invariant($"pair {i} ('{pairs[i].Subset}') scores {pairs[i].Chosen} and {pairs[i].Rejected}; scores must be numbers that can be ordered"), nameof(pairs));
        }
        var subsets = pairs.GroupBy(pair => pair.Subset).ToArray();
        return new PairwiseByCategory(
            subsets.ToDictionary(subset => subset.Key, subset => subset.Average(pair => pair.Chosen > pair.Rejected ? 1.0 : 0)),
            subsets.ToDictionary(subset => subset.Key, subset => subset.Count()));
    }
}
