namespace ResearchKit.Evaluation;

/// <summary>Best-of-N selection at one N.</summary>
/// <param name="N">How many answers are drawn per query.</param>
/// <param name="Kl">KL of the selected answers' distribution from the policy's, log N − (N−1)/N nats (exact without ties; an upper bound in general).</param>
/// <param name="Score">The expected score of the selected answer, in the selecting model's unit.</param>
/// <param name="TrueReward">Its expected true reward.</param>
/// <param name="Oracle">The expected true reward when the true reward selects: no reward model does better.</param>
public sealed record BestOfNPoint(int N, double Kl, double Score, double TrueReward, double Oracle);

/// <summary>
/// The true reward of best-of-N against N, and so against KL (the overoptimisation curve of Gao et al. 2023, arXiv 2210.10760):
/// where it falls while the score rises, the reward model is being exploited.
/// </summary>
public static class BestOfNCurve
{
    /// <summary>
    /// The exact expectation over all subsets of N of a pool of M answers per query, averaged over queries: with scores in descending
    /// order, Σ_i C(M−i, N−1)/C(M, N) x_(i). Answers of equal score share their places.
    /// </summary>
    /// <param name="scores">The selecting model's scores, P queries by M answers.</param>
    /// <param name="trueRewards">The true rewards of the same answers.</param>
    /// <param name="ns">The N, each in 1..M.</param>
    /// <exception cref="ArgumentException">The pools' sizes differ, a number is not finite, or an N is larger than a pool.</exception>
    public static IReadOnlyList<BestOfNPoint> Of(IReadOnlyList<IReadOnlyList<double>> scores, IReadOnlyList<IReadOnlyList<double>> trueRewards, IReadOnlyList<int> ns)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(trueRewards);
        ArgumentNullException.ThrowIfNull(ns);
        if (scores.Count == 0 || scores.Count != trueRewards.Count) throw new ArgumentException($"{scores.Count} pools of scores and {trueRewards.Count} of true rewards; one each per query is expected, and at least one", nameof(trueRewards));
        for (var p = 0; p < scores.Count; p++)
        {
            if (scores[p].Count != trueRewards[p].Count) throw new ArgumentException($"query {p} has {scores[p].Count} scores and {trueRewards[p].Count} true rewards; one each per answer is expected", nameof(trueRewards));
            if (!scores[p].Concat(trueRewards[p]).All(double.IsFinite)) throw new ArgumentException($"query {p} has a score or true reward that is not finite", nameof(scores));
            if (ns.FirstOrDefault(n => n < 1 || n > scores[p].Count) is var bad and not 0) throw new ArgumentException($"N = {bad} for query {p} with a pool of {scores[p].Count}; N must be in 1..{scores[p].Count}", nameof(ns));
        }
        var sorted = scores.Zip(trueRewards, (s, r) => (Scores: Selected(s, s), True: Selected(s, r), Oracle: Selected(r, r))).ToArray();
        return [.. ns.Select(n => new BestOfNPoint(
            n, Kl(n), sorted.Average(q => Expected(q.Scores, n)), sorted.Average(q => Expected(q.True, n)), sorted.Average(q => Expected(q.Oracle, n))))];
    }

    /// <summary>log N − (N−1)/N in nats.</summary>
    public static double Kl(int n) => Math.Log(n) - (n - 1.0) / n;

    // The values in descending order of the scores; within equal scores, their mean.
    private static double[] Selected(IReadOnlyList<double> scores, IReadOnlyList<double> values) =>
        [.. Enumerable.Range(0, scores.Count).GroupBy(i => scores[i]).OrderByDescending(group => group.Key)
            .SelectMany(group => Enumerable.Repeat(group.Average(i => values[i]), group.Count()))];

    private static double Expected(double[] descending, int n)
    {
        var pool = descending.Length;
        // C(M−i, N−1)/C(M, N) from one i to the next; at i = 1 it is N/M.
        var (weight, sum) = (n / (double)pool, 0.0);
        for (var i = 1; i <= pool - n + 1; i++)
        {
            sum += weight * descending[i - 1];
            weight *= (pool - i - n + 1.0) / (pool - i);
        }
        return sum;
    }
}
