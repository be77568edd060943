using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>PPO's policy loss, one value per token or per answer.</summary>
/// <param name="Losses">Not reduced; the shape of the inputs, with a graph behind it.</param>
/// <param name="Ratio">ρ, detached.</param>
/// <param name="Clipped">1 where the clipped term is the larger loss, detached: there the gradient is 0.</param>
public sealed record PolicyLoss(Tensor Losses, Tensor Ratio, Tensor Clipped);

/// <summary>
/// The clipped surrogate (Schulman et al. 2017, arXiv 1707.06347, equation 7) as a loss:
/// max(−Aρ, −A·clip(ρ, 1 − ε_low, 1 + ε_high)) with ρ = π/π_old. Official code: huggingface/trl f2cd577,
/// trl/experimental/ppo/ppo_trainer.py.
/// </summary>
public static class ClippedPolicyLoss
{
    /// <summary>Losses of tokens [B,T], or of answers [B] where log-probabilities are summed first (RLOO).</summary>
    /// <param name="logProbs">log π of the sampled tokens under the policy that is trained.</param>
    /// <param name="oldLogProbs">The same under the policy that sampled them; no gradient flows into it.</param>
    /// <param name="advantages">A; no gradient flows into it.</param>
    /// <param name="clip">ε_low, in [0, 1].</param>
    /// <param name="clipHigh">ε_high, not negative; ε_low where null.</param>
    /// <returns>
    /// Reduce the losses by <see cref="Masked.Mean"/> (all tokens alike: TRL, FineGrainedRLHF) or by
    /// <see cref="Generation.LogProbs.Mean"/> and a mean over rows (all answers alike: OpenRLHF).
    /// </returns>
    public static PolicyLoss Compute(Tensor logProbs, Tensor oldLogProbs, Tensor advantages, double clip = 0.2, double? clipHigh = null)
    {
        PolicyChecks.SameShape((logProbs, nameof(logProbs)), (oldLogProbs, nameof(oldLogProbs)), (advantages, nameof(advantages)));
        PolicyChecks.UnitInterval(clip, nameof(clip));
        PolicyChecks.NotNegative(clipHigh ?? clip, nameof(clipHigh));
        using var scope = NewDisposeScope();
        var a = advantages.detach();
        var ratio = (logProbs - oldLogProbs.detach()).exp();
        var (free, clipped) = (-a * ratio, -a * ratio.clamp(1 - clip, 1 + (clipHigh ?? clip)));
        return new PolicyLoss(
            maximum(free, clipped).MoveToOuterDisposeScope(),
            ratio.detach().MoveToOuterDisposeScope(),
            clipped.detach().gt(free.detach()).to_type(ratio.dtype).MoveToOuterDisposeScope());
    }
}
