using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Alignment via Optimal Transport, unpaired (Melnyk et al. 2024, arXiv 2406.05882): the chosen answers' log-ratios shall
/// dominate the rejected ones' in every quantile. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py,
/// loss type "aot_unpaired".
/// </summary>
/// <remarks>
/// Quantiles depend on the batch size: large batches are meant, and padding rows must not be in them.
/// </remarks>
public static class AotUnpairedLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Losses [B] by rank, not by pair; rewards β(log π − log π_ref) [B] by pair, detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double labelSmoothing = 0)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        PairChecks.FlipRate(labelSmoothing, nameof(labelSmoothing));

        using var scope = NewDisposeScope();
        // L_i = −log σ(β (ρ_w,(i) − ρ_l,(i))), (i) the i-th smallest of the batch
        var difference = chosenLogRatio.sort(0).Values - rejectedLogRatio.sort(0).Values;   // [B]
        var losses = Pairwise.Logistic(beta * difference, labelSmoothing);
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
