using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>
/// What calibrates a reward model in PPO-M (Leng et al. 2024, arXiv 2410.09724, the loss of the calibrated reward model):
/// chosen answers shall prefer high, rejected ones low confidence. Official code: SeanLeng1/Reward-Calibration 25ecc96,
/// OpenRLHF/openrlhf/trainer/crm_trainer.py, fit, and openrlhf/models/loss.py.
/// </summary>
/// <remarks>
/// All give losses [B], not reduced; a training step takes their mean. The sum of terms is not halved. The official option
/// `logexp` is the same function as `sigmoid` written so that it overflows, and is not repeated here.
/// </remarks>
public static class CalibratedRewardLoss
{
    /// <summary>The paper's loss: −log σ(R(y_c,h) − R(y_c,l)) − log σ(R(y_r,l) − R(y_r,h)). Nothing in it ranks chosen over rejected.</summary>
    /// <param name="rewards">The four rewards of each pair.</param>
    /// <param name="margin">By how much the preferred side must be ahead in each term [B]; null for 0.</param>
    public static Tensor Pairwise(ConfidenceRewards rewards, Tensor? margin = null)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        rewards.Check((margin, nameof(margin)));
        using var scope = NewDisposeScope();
        return (Prefer(rewards.ChosenHigh, rewards.ChosenLow, margin) + Prefer(rewards.RejectedLow, rewards.RejectedHigh, margin)).MoveToOuterDisposeScope();
    }

    /// <summary>`combined`: the paper's loss and −log σ(R(y_c) − R(y_r)) on the plain pair, which keeps the ranking of answers.</summary>
    /// <param name="rewards">The four rewards of each pair.</param>
    /// <param name="chosen">R(x, y_c), no confidence stated [B].</param>
    /// <param name="rejected">R(x, y_r) [B].</param>
    /// <param name="margin">By how much the preferred side must be ahead in each term [B]; null for 0.</param>
    public static Tensor Combined(ConfidenceRewards rewards, Tensor chosen, Tensor rejected, Tensor? margin = null)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        rewards.Check((chosen, nameof(chosen)), (rejected, nameof(rejected)));
        using var scope = NewDisposeScope();
        return (Pairwise(rewards, margin) + Prefer(chosen, rejected, margin)).MoveToOuterDisposeScope();
    }

    /// <summary>`variant_1`: the paper's loss and −log σ(R(y_c,h) − R(y_r,l)). The official trainer's flag for it is never set.</summary>
    /// <param name="rewards">The four rewards of each pair.</param>
    /// <param name="margin">By how much the preferred side must be ahead in each term [B]; null for 0.</param>
    public static Tensor Crossed(ConfidenceRewards rewards, Tensor? margin = null)
    {
        using var scope = NewDisposeScope();
        return (Pairwise(rewards, margin) + Prefer(rewards.ChosenHigh, rewards.RejectedLow, margin)).MoveToOuterDisposeScope();
    }

    /// <summary>`KWise`: the Plackett-Luce likelihood of (y_c,h) ≻ (y_c,l) ≻ (y_r,l) ≻ (y_r,h).</summary>
    /// <param name="rewards">The four rewards of each pair.</param>
    public static Tensor KWise(ConfidenceRewards rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        rewards.Check();
        using var scope = NewDisposeScope();
        return KWiseLoss.Compute(stack([rewards.ChosenHigh, rewards.ChosenLow, rewards.RejectedLow, rewards.RejectedHigh], dim: 1)).MoveToOuterDisposeScope();
    }

    // −log σ(a − b − margin)
    private static Tensor Prefer(Tensor a, Tensor b, Tensor? margin) => -nn.functional.logsigmoid(margin is null ? a - b : a - b - margin);
}
