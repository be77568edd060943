using System.Collections;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// RRM's augmentation (Liu et al. 2024, arXiv 2409.13156, from recollection): answers of other queries, and no rubric. For each pair
/// (Q, y_w ≻ y_l): either own answer comes before a foreign one, and two foreign answers are tied. What no answer to the query is, is
/// taken to be worth nothing, whatever its style.
/// </summary>
public sealed class NonContextualAugmenter<T> : IPairAugmenter<T> where T : class
{
    private const int Tries = 100;

    /// <inheritdoc/>
    /// <exception cref="CausalException">All pairs have the same query.</exception>
    public IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. pairs.SelectMany(pair =>
        {
            var foreign = Foreign(pair, pairs, rng);
            return new LabelledPair<T>[]
            {
                new(pair.Query, pair.First, rng.Chance(0.5) ? foreign.First : foreign.Second, 1, PairKind.OwnAgainstForeign),
                new(pair.Query, pair.Second, rng.Chance(0.5) ? foreign.First : foreign.Second, 1, PairKind.OwnAgainstForeign),
                new(pair.Query, foreign.First, foreign.Second, LabelledPair.Tie, PairKind.ForeignTie),
            };
        })];
    }

    private static LabelledPair<T> Foreign(LabelledPair<T> own, IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        for (var i = 0; i < Tries; i++)
        {
            var drawn = rng.Pick(pairs);
            if (!StructuralComparisons.StructuralEqualityComparer.Equals(drawn.Query, own.Query)) return drawn;
        }
        throw new CausalException($"none of {Tries} pairs drawn from {pairs.Count} has another query than '{own.Query}'; answers to at least two queries are needed.");
    }
}
