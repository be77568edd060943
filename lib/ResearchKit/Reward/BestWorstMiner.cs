using ResearchKit.Data;

namespace ResearchKit.Reward;

/// <summary>
/// Preference pairs from a policy's own samples: of K answers to a prompt, the one that a reward ranks first is chosen
/// and the one it ranks last rejected (FLR, arXiv 2409.13948, takes K = 8).
/// </summary>
public static class BestWorstMiner
{
    /// <summary>At most one pair a prompt.</summary>
    /// <param name="prompts">P prompts.</param>
    /// <param name="samples">For each its answers, at least two.</param>
    /// <param name="rewards">For each its answers' rewards, in the same order; finite.</param>
    /// <param name="minimumGap">Pairs whose rewards differ by no more are dropped; 0 drops ties only.</param>
    /// <returns>The pairs in the prompts' order; of equal rewards the first answer is taken.</returns>
    public static IReadOnlyList<TokenizedPair> Pairs(
        IReadOnlyList<int[]> prompts, IReadOnlyList<IReadOnlyList<int[]>> samples, IReadOnlyList<IReadOnlyList<double>> rewards, double minimumGap = 0)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentOutOfRangeException.ThrowIfNegative(minimumGap);
        if (samples.Count != prompts.Count || rewards.Count != prompts.Count)
            throw new ArgumentException($"{prompts.Count} prompts, {samples.Count} groups of samples, {rewards.Count} of rewards; one each per prompt is expected", nameof(rewards));
        var pairs = new List<TokenizedPair>(prompts.Count);
        for (var p = 0; p < prompts.Count; p++)
        {
            if (samples[p].Count < 2 || rewards[p].Count != samples[p].Count || !rewards[p].All(double.IsFinite))
                throw new ArgumentException($"prompt {p} has {samples[p].Count} answers and {rewards[p].Count} rewards; at least two answers with one finite reward each are expected", nameof(rewards));
            var order = Enumerable.Range(0, samples[p].Count).OrderByDescending(k => rewards[p][k]).ToArray();
            if (rewards[p][order[0]] - rewards[p][order[^1]] > minimumGap) pairs.Add(new TokenizedPair(prompts[p], samples[p][order[0]], samples[p][order[^1]]));
        }
        return pairs;
    }
}
