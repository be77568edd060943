using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// Irrelevant-query neutrals (Crome, 2025, arXiv 2506.16507): both answers of a pair under a query to which neither has anything to
/// say, (Q_irr, B₁, B₂, tie). There C(B₁ | Q_irr) ≈ C(B₂ | Q_irr) ≈ 0, so what still differs is spurious, and none of it was named.
/// </summary>
/// <param name="queries">Where the irrelevant queries are drawn from, such as the data's own.</param>
/// <param name="irrelevant">Whether an answer, second, has nothing to say to a query, first: a query that shares the topic would make the label false.</param>
public sealed class IrrelevantQueryNeutralizer<T>(IReadOnlyList<T> queries, Func<T, T, bool> irrelevant) : IPairAugmenter<T> where T : class
{
    private const int Tries = 100;

    /// <inheritdoc/>
    /// <exception cref="CausalException">100 draws gave no query that is irrelevant to both answers of a pair.</exception>
    public IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. pairs.Select((pair, i) => new LabelledPair<T>(Draw(pair, i, rng), pair.First, pair.Second, LabelledPair.Tie, PairKind.IrrelevantQuery))];
    }

    private T Draw(LabelledPair<T> pair, int number, Rng rng)
    {
        for (var i = 0; i < Tries; i++)
        {
            var query = rng.Pick(queries);
            if (irrelevant(query, pair.First) && irrelevant(query, pair.Second)) return query;
        }
        throw new CausalException($"pair {number}: none of {Tries} queries drawn from {queries.Count} is irrelevant to both answers; give queries of more topics.");
    }
}
