using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>
/// The average treatment effect of an attribute on a reward model's score, E[R̂(Q, A with it) − R̂(Q, A without it)], from rewrites of
/// answers. Each answer is its own control, so what the writer does to both style and quality cancels.
/// </summary>
public static class InterventionEffect
{
    /// <summary>
    /// From one rewrite of each answer: it is compared with its counterfactual. Right where a rewrite changes the attribute alone.
    /// </summary>
    /// <param name="scorer">The reward model.</param>
    /// <param name="rows">Queries and answers, drawn from the population whose effect is meant.</param>
    /// <param name="intervention">The attribute and its rewriter.</param>
    /// <param name="rng">The source of randomness.</param>
    public static EffectEstimate Rewrite<T>(AnswerScorer<T> scorer, IReadOnlyList<(T Query, T Answer)> rows, IIntervention<T> intervention, Rng rng) where T : class =>
        Of(scorer, rows, intervention, "one rewrite", answer =>
        {
            var counterfactual = intervention.Set(answer, !intervention.Holds(answer), rng);
            return (answer, counterfactual);
        });

    /// <summary>
    /// From two rewrites of each answer, the second undoing the first (RATE: Reber et al. 2024, arXiv 2410.11348, from recollection): the
    /// rewrite is compared with the rewrite of the rewrite, so that what every rewrite changes besides (its drift) is in both.
    /// </summary>
    /// <inheritdoc cref="Rewrite"/>
    public static EffectEstimate RewriteOfRewrite<T>(AnswerScorer<T> scorer, IReadOnlyList<(T Query, T Answer)> rows, IIntervention<T> intervention, Rng rng) where T : class =>
        Of(scorer, rows, intervention, "rewrite of rewrite", answer =>
        {
            var holds = intervention.Holds(answer);
            var rewrite = intervention.Set(answer, !holds, rng);
            return (intervention.Set(rewrite, holds, rng), rewrite);
        });

    // The two texts of a row: one as the answer was in the attribute, one with the attribute switched.
    private static EffectEstimate Of<T>(
        AnswerScorer<T> scorer, IReadOnlyList<(T Query, T Answer)> rows, IIntervention<T> intervention, string name, Func<T, (T AsItWas, T Switched)> texts) where T : class
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(intervention);
        var pairs = rows.Select(row =>
        {
            var (asItWas, switched) = texts(row.Answer);
            return intervention.Holds(row.Answer) ? (row.Query, With: asItWas, Without: switched) : (row.Query, With: switched, Without: asItWas);
        }).ToArray();
        var (with, without) = AnswerScores.Both(scorer, pairs);
        return new EffectEstimate(intervention.Name, name, [.. with.Zip(without, (on, off) => on - off)]);
    }
}
