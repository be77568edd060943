using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>What a change that keeps the meaning does to a reward model's ranking (as reWordBench asks).</summary>
/// <param name="Transformation">What was done.</param>
/// <param name="Before">Accuracy on the pairs as they are, ties one half.</param>
/// <param name="After">Accuracy after the change; the labels stay, since the true reward does.</param>
/// <param name="MeanShift">The mean change of the changed answers' scores, in the scores' own unit; 0 for an invariant model.</param>
public sealed record TransformationResult(string Transformation, double Before, double After, double MeanShift)
{
    /// <summary>How much accuracy the change costs.</summary>
    public double Drop => Before - After;
}

/// <summary>Transformations that keep the meaning, each tried on every pair.</summary>
public static class TransformationSuite
{
    /// <summary>
    /// One result per transformation. One answer of each pair is changed, the better or the worse at random: a taste for the change
    /// and a distaste cost the same, where changing both would hide either.
    /// </summary>
    /// <param name="scorer">The reward model.</param>
    /// <param name="pairs">Queries with the better and the worse answer.</param>
    /// <param name="transformations">The changes.</param>
    /// <param name="rng">The source of randomness; models are compared with equal streams.</param>
    public static IReadOnlyList<TransformationResult> Of<T>(
        AnswerScorer<T> scorer, IReadOnlyList<(T Query, T Chosen, T Rejected)> pairs, IReadOnlyList<Transformation<T>> transformations, Rng rng) where T : class
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(transformations);
        ArgumentNullException.ThrowIfNull(rng);
        var (chosen, rejected) = AnswerScores.Both(scorer, pairs);
        var before = Enumerable.Range(0, pairs.Count).Average(i => Won(chosen[i] - rejected[i]));
        return [.. transformations.Select(transformation =>
        {
            bool[] better = [.. pairs.Select(_ => rng.Chance(0.5))];
            var changed = scorer([.. pairs.Select((pair, i) => (pair.Query, transformation.Apply(better[i] ? pair.Chosen : pair.Rejected, rng)))]);
            double Margin(int i) => better[i] ? changed[i] - rejected[i] : chosen[i] - changed[i];
            return new TransformationResult(
                transformation.Name, before, Enumerable.Range(0, pairs.Count).Average(i => Won(Margin(i))),
                Enumerable.Range(0, pairs.Count).Average(i => changed[i] - (better[i] ? chosen[i] : rejected[i])));
        })];
    }

    private static double Won(double margin) => margin > 0 ? 1 : margin == 0 ? 0.5 : 0;
}
