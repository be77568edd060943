using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// Causal augmentation (Crome, 2025, arXiv 2506.16507): from each answer of a pair, one counterfactual along one rubric. Where the
/// answer is weak in the attribute it is upgraded, (Q, Ã ≻ A); where it is strong it is degraded, (Q, A ≻ Ã); in between either,
/// at random. The two answers share everything but that attribute and the editor's drift, so no style explains the label.
/// </summary>
public sealed class CausalAugmenter<T>(ICausalEditor<T> editor) : IPairAugmenter<T> where T : class
{
    /// <inheritdoc/>
    public IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. pairs.SelectMany(pair => new[] { pair.First, pair.Second }.Select(answer => Counterfactual(pair.Query, answer, rng))).OfType<LabelledPair<T>>()];
    }

    /// <summary>One counterfactual of an answer, along an attribute drawn among those that can be changed; null where none can.</summary>
    public LabelledPair<T>? Counterfactual(T query, T answer, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        foreach (var i in rng.Permutation(editor.Attributes.Count))
        {
            if (Along(query, answer, editor.Attributes[i], rng) is { } pair) return pair;
        }
        return null;
    }

    /// <summary>The counterfactual of an answer along one attribute; null where the editor can change nothing.</summary>
    public LabelledPair<T>? Along(T query, T answer, string attribute, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var upFirst = editor.Level(query, answer, attribute) switch { 0 => true, 1 => false, _ => rng.Chance(0.5) };
        return upFirst
            ? Raised(query, answer, attribute, rng) ?? Lowered(query, answer, attribute, rng)
            : Lowered(query, answer, attribute, rng) ?? Raised(query, answer, attribute, rng);
    }

    private LabelledPair<T>? Raised(T query, T answer, string attribute, Rng rng) =>
        editor.Upgrade(query, answer, attribute, rng) is { } better ? new(query, better, answer, 1, PairKind.Upgrade, attribute) : null;

    private LabelledPair<T>? Lowered(T query, T answer, string attribute, Rng rng) =>
        editor.Degrade(query, answer, attribute, rng) is { } worse ? new(query, answer, worse, 1, PairKind.Degrade, attribute) : null;
}
