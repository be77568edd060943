namespace ResearchKit.Causal;

/// <summary>One augmented pair as the baseline sees it.</summary>
/// <typeparam name="T">The form of queries and answers.</typeparam>
/// <param name="Pair">The pair.</param>
/// <param name="Probability">σ(Δ): how sure the baseline is that the first answer is better.</param>
/// <param name="Kept">Whether it goes into training.</param>
public sealed record FilteredPair<T>(LabelledPair<T> Pair, double Probability, bool Kept) where T : class;

/// <summary>What the filter kept of one kind.</summary>
/// <param name="Kind">Where the pairs come from.</param>
/// <param name="Pairs">How many there were.</param>
/// <param name="Kept">How many were kept.</param>
/// <param name="MeanProbability">The baseline's mean σ(Δ) over all of them.</param>
public sealed record FilterReport(PairKind Kind, int Pairs, int Kept, double MeanProbability);

/// <summary>
/// Keeps the augmented pairs on which a baseline reward model, trained on the preference data alone, is unsure or wrong:
/// |σ(Δ) − y| ≥ gap. With 0.2, the rule of RRM (Liu et al. 2024, from recollection; Crome's own threshold was not found), ordered
/// pairs that are won with more than 0.8 go, and ties between 0.3 and 0.7.
/// </summary>
public static class BaselineFilter
{
    /// <summary>Every pair with the baseline's probability and whether it is kept.</summary>
    /// <param name="pairs">Augmented pairs.</param>
    /// <param name="margins">The baseline's Δ of each pair: not those of the model that is being trained.</param>
    /// <param name="gap">The least distance between label and probability, in [0, 1).</param>
    /// <exception cref="ArgumentException">The counts differ, or a margin is NaN.</exception>
    public static IReadOnlyList<FilteredPair<T>> Apply<T>(IReadOnlyList<LabelledPair<T>> pairs, IReadOnlyList<double> margins, double gap = 0.2) where T : class
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(margins);
        if (pairs.Count != margins.Count) throw new ArgumentException($"{margins.Count} margins for {pairs.Count} pairs; one each is expected", nameof(margins));
        if (gap is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(gap), gap, "a distance between probabilities, in [0, 1), is expected");
        if (margins.Any(double.IsNaN)) throw new ArgumentException($"margin {margins.TakeWhile(m => !double.IsNaN(m)).Count()} is NaN; the baseline must score every pair", nameof(margins));
        return [.. pairs.Zip(margins, (pair, margin) =>
        {
            var probability = 1 / (1 + Math.Exp(-margin));
            return new FilteredPair<T>(pair, probability, Math.Abs(probability - pair.Label) >= gap);
        })];
    }

    /// <summary>Kept counts by kind, in the kinds' order.</summary>
    public static IReadOnlyList<FilterReport> Report<T>(IReadOnlyList<FilteredPair<T>> filtered) where T : class
    {
        ArgumentNullException.ThrowIfNull(filtered);
        return [.. filtered.GroupBy(f => f.Pair.Kind).OrderBy(group => group.Key)
            .Select(group => new FilterReport(group.Key, group.Count(), group.Count(f => f.Kept), group.Average(f => f.Probability)))];
    }
}
