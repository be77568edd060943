namespace ResearchKit.Causal;

/// <summary>
/// How a reward model answers to a change of one causal attribute, everything else held: the interventional effect, beside the true
/// one.
/// </summary>
/// <param name="Attribute">The attribute that was changed.</param>
/// <param name="Accuracy">The share of edits whose better answer scores higher, ties one half.</param>
/// <param name="Effects">The model's score of the better minus the worse answer, one per edit, in the scores' own unit.</param>
/// <param name="TrueEffects">The same of the true reward.</param>
public sealed record AttributeSensitivity(string Attribute, double Accuracy, IReadOnlyList<double> Effects, IReadOnlyList<double> TrueEffects)
{
    /// <summary>The sensitivity to each attribute of these pairs, in the order in which they first come.</summary>
    /// <param name="scorer">The reward model.</param>
    /// <param name="truth">The true reward.</param>
    /// <param name="edits">Pairs of <see cref="CausalAugmenter{T}"/>, fresh ones, of an editor without drift: with drift the effect of the style is in it too.</param>
    /// <exception cref="ArgumentException">A pair names no attribute.</exception>
    public static IReadOnlyList<AttributeSensitivity> Of<T>(AnswerScorer<T> scorer, AnswerScorer<T> truth, IReadOnlyList<LabelledPair<T>> edits) where T : class
    {
        ArgumentNullException.ThrowIfNull(edits);
        if (edits.FirstOrDefault(edit => edit.Attribute is null) is { } other) throw new ArgumentException($"a pair of kind {other.Kind} changes no single attribute; pairs of causal augmentation are expected", nameof(edits));
        (T, T, T)[] rows = [.. edits.Select(edit => (edit.Query, edit.First, edit.Second))];
        var (model, reality) = (Margins(scorer, rows), Margins(truth, rows));
        return [.. Enumerable.Range(0, edits.Count).GroupBy(i => edits[i].Attribute!).Select(group => new AttributeSensitivity(
            group.Key, group.Average(i => model[i] > 0 ? 1 : model[i] == 0 ? 0.5 : 0), [.. group.Select(i => model[i])], [.. group.Select(i => reality[i])]))];
    }

    private static double[] Margins<T>(AnswerScorer<T> scorer, (T, T, T)[] rows) where T : class
    {
        var (better, worse) = AnswerScores.Both(scorer, rows);
        return [.. better.Zip(worse, (b, w) => b - w)];
    }
}
