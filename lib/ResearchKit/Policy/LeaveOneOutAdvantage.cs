using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// RLOO's advantage (Kool et al. 2019; Ahmadian et al. 2024, arXiv 2402.14740, equation 7): an answer's reward less the
/// mean of its siblings', the other answers to the same prompt. Official code: huggingface/trl f2cd577,
/// trl/trainer/rloo_trainer.py, _generate_and_score_completions.
/// </summary>
public static class LeaveOneOutAdvantage
{
    /// <summary>One advantage per answer [N], without gradient.</summary>
    /// <param name="rewards">Rewards [N], the answers to one prompt side by side; NaN where an answer could not be scored.</param>
    /// <param name="groupSize">G ≥ 2 answers per prompt.</param>
    /// <param name="normalize">True to whiten over all scorable answers: (A − mean)/(std + 1e-4), std unbiased.</param>
    /// <returns>Advantages [N]; 0 for an unscorable answer, and for one without a scorable sibling.</returns>
    public static Tensor Compute(Tensor rewards, int groupSize, bool normalize = false)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var groups = PolicyChecks.Groups(rewards, groupSize);                                // [N/G,G]
        var siblings = (Scorable.Sum(groups, 1) - groups) / (Scorable.Count(groups, 1) - 1); // their mean, without the answer itself
        var advantages = (groups - siblings).reshape(-1);
        if (normalize) advantages = (advantages - Scorable.Mean(advantages, 0)) / (Scorable.Deviation(advantages, 0) + 1e-4);
        return advantages.masked_fill(advantages.isnan(), 0).MoveToOuterDisposeScope();
    }
}
