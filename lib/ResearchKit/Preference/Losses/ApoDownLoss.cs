using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Anchored Preference Optimization, "down" (D'Oosterlinck et al. 2024, arXiv 2408.06266, equation 8): both answers are
/// lowered, the rejected one more. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "apo_down".
/// </summary>
/// <remarks>
/// For chosen answers worse than the policy's own; on better ones it unlearns them.
/// </remarks>
public static class ApoDownLoss
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
        // L = σ(β ρ_w) + 1 − σ(β (ρ_w − ρ_l))
        var losses = (beta * chosenLogRatio).sigmoid() + (-beta * (chosenLogRatio - rejectedLogRatio)).sigmoid();
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
