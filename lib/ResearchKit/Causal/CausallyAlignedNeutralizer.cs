using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// Causally aligned neutrals (named in summaries of Crome's ablation, arXiv 2506.16507; the construction is a recollection): the
/// second answer is edited until it has every causal attribute in the measure of the first, under the same query; the pair is a tie
/// whose answers differ in style only.
/// </summary>
public sealed class CausallyAlignedNeutralizer<T>(ICausalEditor<T> editor) : IPairAugmenter<T> where T : class
{
    private const int MostEdits = 20;

    /// <inheritdoc/>
    /// <remarks>A pair that the editor cannot align within 20 edits is left out.</remarks>
    public IReadOnlyList<LabelledPair<T>> Augment(IReadOnlyList<LabelledPair<T>> pairs, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. pairs.Select(pair => (pair, Aligned: Align(pair.Query, pair.First, pair.Second, rng))).Where(x => x.Aligned is not null)
            .Select(x => new LabelledPair<T>(x.pair.Query, x.pair.First, x.Aligned!, LabelledPair.Tie, PairKind.CausallyAligned))];
    }

    private T? Align(T query, T model, T answer, Rng rng)
    {
        for (var edits = 0; edits <= MostEdits; edits++)
        {
            var ahead = editor.Attributes.Select(name => (name, Gap: editor.Level(query, model, name) - editor.Level(query, answer, name)))
                .FirstOrDefault(x => Math.Abs(x.Gap) > 1e-9);
            if (ahead.name is null) return answer;
            var edited = ahead.Gap > 0 ? editor.Upgrade(query, answer, ahead.name, rng) : editor.Degrade(query, answer, ahead.name, rng);
            if (edited is null) return null;
            answer = edited;
        }
        return null;
    }
}
