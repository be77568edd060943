namespace ResearchKit.Evaluation;

/// <summary>How likely a judge prefers a policy's answers over a fixed competitor's.</summary>
public static class WinProbability
{
    /// <summary>The mean over prompts of σ(r_policy − r_competitor), the Bradley-Terry probability of a win.</summary>
    /// <param name="policy">The judge's reward of the policy's answer to each prompt.</param>
    /// <param name="competitor">The reward of the competitor's answer to the same prompts, in the same order.</param>
    /// <returns>0 .. 1; 0.5 where the two are alike.</returns>
    public static double Mean(IReadOnlyList<double> policy, IReadOnlyList<double> competitor)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(competitor);
        if (policy.Count != competitor.Count || policy.Count == 0)
            throw new ArgumentException($"one reward per prompt of each is expected, at least one; found {policy.Count} and {competitor.Count}", nameof(competitor));
        return policy.Zip(competitor, (p, c) => 1 / (1 + Math.Exp(c - p))).Average();
    }
}
