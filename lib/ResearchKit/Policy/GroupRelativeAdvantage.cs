using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// GRPO's advantage (Shao et al. 2024, arXiv 2402.03300, section 4.1.2): how far an answer's reward is above the mean of
/// its group, the answers to the same prompt, in the group's standard deviations; undivided it is Dr. GRPO's (Liu et
/// al. 2025, arXiv 2503.20783). Official code: huggingface/trl f2cd577, trl/trainer/grpo_trainer.py.
/// </summary>
public static class GroupRelativeAdvantage
{
    /// <summary>One advantage per answer [N], without gradient.</summary>
    /// <param name="rewards">Rewards [N], the answers to one prompt side by side; NaN where an answer could not be scored.</param>
    /// <param name="groupSize">G ≥ 2 answers per prompt.</param>
    /// <param name="divideByDeviation">True for (r − mean)/(std + ε), std unbiased; false for r − mean.</param>
    /// <param name="epsilon">ε, not negative.</param>
    /// <returns>Advantages [N]; 0 for an unscorable answer. A group of one scorable answer gives it 0.</returns>
    public static Tensor Compute(Tensor rewards, int groupSize, bool divideByDeviation = true, double epsilon = 1e-4)
    {
        PolicyChecks.NotNegative(epsilon, nameof(epsilon));
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var groups = PolicyChecks.Groups(rewards, groupSize);                                // [N/G,G]
        var advantages = groups - Scorable.Mean(groups, 1);
        if (divideByDeviation) advantages = advantages / (Scorable.Deviation(groups, 1) + epsilon);
        return advantages.masked_fill(advantages.isnan(), 0).reshape(-1).MoveToOuterDisposeScope();
    }
}
