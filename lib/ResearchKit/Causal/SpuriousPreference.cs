namespace ResearchKit.Causal;

/// <summary>
/// How a reward model tells apart two copies of the same answer that differ in style only; the true reward ties them.
/// </summary>
/// <param name="WinRate">The share of answers whose decorated copy scores higher, ties one half: ½ is no taste, 1 always decorated.</param>
/// <param name="MeanProbability">The mean of σ(Δ), decorated minus plain, of Bradley-Terry scores.</param>
/// <param name="MeanMargin">The mean of Δ in the scores' own unit; 0 for an invariant model.</param>
public sealed record SpuriousPreference(double WinRate, double MeanProbability, double MeanMargin)
{
    /// <summary>The preference over these answers.</summary>
    /// <param name="scorer">The reward model.</param>
    /// <param name="copies">Queries with the decorated and the plain copy of one answer.</param>
    public static SpuriousPreference Of<T>(AnswerScorer<T> scorer, IReadOnlyList<(T Query, T Decorated, T Plain)> copies) where T : class
    {
        ArgumentNullException.ThrowIfNull(copies);
        var (decorated, plain) = AnswerScores.Both(scorer, copies);
        double[] margins = [.. decorated.Zip(plain, (d, p) => d - p)];
        return new SpuriousPreference(
            margins.Average(m => m > 0 ? 1 : m == 0 ? 0.5 : 0), margins.Average(m => 1 / (1 + Math.Exp(-m))), margins.Average());
    }
}
