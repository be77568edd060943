using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Robust DPO (Chowdhury et al. 2024, arXiv 2403.00409): an unbiased estimate of DPO's loss when labels are flipped
/// with a known probability. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "robust".
/// </summary>
/// <remarks>
/// Unbounded below: for a growing margin the slope tends to −εβ/(1−2ε), so clip gradients and stop early. The expectation over
/// flips of rate ε is DPO's loss: (1−ε) L(m) + ε L(−m) = −log σ(m).
/// </remarks>
public static class RobustDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="flipRate">ε in [0, 0.5): the probability that a label is flipped; 0 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double flipRate)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        PairChecks.FlipRate(flipRate, nameof(flipRate));

        using var scope = NewDisposeScope();
        var z = beta * (chosenLogRatio - rejectedLogRatio);                                 // [B]
        // L = [−(1−ε) log σ(z) + ε log σ(−z)] / (1 − 2ε)
        var losses = (-(1 - flipRate) * nn.functional.logsigmoid(z) + flipRate * nn.functional.logsigmoid(-z)) / (1 - 2 * flipRate);
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
