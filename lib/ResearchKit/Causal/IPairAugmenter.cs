using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>Makes new labelled pairs out of preference pairs.</summary>
/// <typeparam name="T">The form of queries and answers: token ids or text.</typeparam>
public interface IPairAugmenter<T> where T : class
{
    /// <summary>The new pairs, without the given ones; pairs from which none can be made give none.</summary>
    /// <param name="pairs">Pairs whose first answer is the better one.</param>
    /// <param name="rng">The source of randomness.</param>
    IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng);
}
