using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The hinge loss on the normalised margin (Liu et al. 2023, arXiv 2309.06657, "RSO", there called hinge-norm; SLiC's calibration
/// loss with a reference). Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "hinge".
/// </summary>
/// <remarks>
/// TRL's CPO trainer and princeton-nlp/SimPO 1b3e8f3 apply the same to log-probabilities without a reference: pass those as
/// log-ratios (SimPO shifts the margin by γ/β first).
/// </remarks>
public static class HingeLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);

        using var scope = NewDisposeScope();
        // L = max(0, 1 − β (ρ_w − ρ_l))
        var losses = (1 - beta * (chosenLogRatio - rejectedLogRatio)).clamp_min(0);
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
