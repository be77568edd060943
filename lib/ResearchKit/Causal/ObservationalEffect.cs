namespace ResearchKit.Causal;

/// <summary>
/// The average treatment effect from answers as they are, without a rewrite: the means of answers with and without the attribute,
/// compared within strata of what is held fixed and weighted by the strata's shares (back-door adjustment, Pearl 2009, theorem
/// 3.3.2). With every stratum's own means, inverse-probability weighting and the doubly robust estimator give the same number.
/// </summary>
/// <remarks>
/// It is right where the strata close all back doors (<see cref="CausalGraph.ClosesBackDoors"/>). Without strata it is the naive
/// difference of means, which takes the writer's skill for an effect of style.
/// </remarks>
public static class ObservationalEffect
{
    /// <summary>The estimate with its efficient influence values (Hahn 1998) as contributions.</summary>
    /// <param name="attribute">The attribute's name.</param>
    /// <param name="scores">The reward model's scores.</param>
    /// <param name="holds">Whether each answer has the attribute.</param>
    /// <param name="strata">Each answer's stratum; null for the naive difference.</param>
    /// <exception cref="CausalException">A stratum holds answers with or without the attribute only.</exception>
    public static EffectEstimate Of(string attribute, IReadOnlyList<double> scores, IReadOnlyList<bool> holds, IReadOnlyList<int>? strata = null)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(holds);
        if (scores.Count != holds.Count || (strata is not null && strata.Count != scores.Count))
            throw new ArgumentException($"{scores.Count} scores, {holds.Count} attribute values and {strata?.Count ?? scores.Count} strata; one each per answer is expected", nameof(holds));
        var contributions = new double[scores.Count];
        foreach (var stratum in Enumerable.Range(0, scores.Count).GroupBy(i => strata?[i] ?? 0))
        {
            int[] with = [.. stratum.Where(i => holds[i])], without = [.. stratum.Where(i => !holds[i])];
            if (with.Length == 0 || without.Length == 0)
                throw new CausalException($"stratum {stratum.Key} has {with.Length} answers with '{attribute}' and {without.Length} without; both are needed. Give more answers, or coarser strata.");
            var (on, off) = (with.Average(i => scores[i]), without.Average(i => scores[i]));
            var share = with.Length / (double)(with.Length + without.Length);
            foreach (var i in with) contributions[i] = on - off + (scores[i] - on) / share;
            foreach (var i in without) contributions[i] = on - off - (scores[i] - off) / (1 - share);
        }
        return new EffectEstimate(attribute, strata is null ? "difference of means" : "back-door adjustment", contributions);
    }
}
