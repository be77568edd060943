using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// Neutrals that change what is known not to matter: each answer of a pair and its copy under one transformation that keeps the
/// meaning, as a tie. With paraphrases it is the paraphrase neutral of Crome's ablation; with style (padding, bullets) it needs to
/// know the spurious attributes, which Crome does not.
/// </summary>
/// <param name="transformations">One is drawn for each answer.</param>
public sealed class SpuriousChangeNeutralizer<T>(IReadOnlyList<Transformation<T>> transformations) : IPairAugmenter<T> where T : class
{
    /// <inheritdoc/>
    public IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        LabelledPair<T> Tied(T query, T answer) => new(query, rng.Pick(transformations).Apply(answer, rng), answer, LabelledPair.Tie, PairKind.SpuriousChange);
        return [.. pairs.SelectMany(pair => new[] { Tied(pair.Query, pair.First), Tied(pair.Query, pair.Second) })];
    }
}
