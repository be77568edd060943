using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Anchored Preference Optimization, "zero" (D'Oosterlinck et al. 2024, arXiv 2408.06266, equation 7): chosen answers are raised
/// and rejected ones lowered, each against the reference. Official code followed: huggingface/trl f2cd577,
/// trl/trainer/dpo_trainer.py, loss type "apo_zero".
/// </summary>
/// <remarks>The same without pairs (TRL's "apo_zero_unpaired") is <see cref="KtoLoss"/> with a baseline of 0.</remarks>
public static class ApoZeroLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive.</param>
    /// <returns>Losses [B] in (0, 2); rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);

        using var scope = NewDisposeScope();
        var (chosen, rejected) = (beta * chosenLogRatio, beta * rejectedLogRatio);          // [B]
        // L = 1 − σ(s_w) + σ(s_l)
        var losses = (-chosen).sigmoid() + rejected.sigmoid();
        return Pairwise.Outcome(losses, chosen, rejected);
    }
}
