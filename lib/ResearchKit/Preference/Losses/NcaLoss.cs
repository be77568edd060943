using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Noise Contrastive Alignment for pairs (Chen et al. 2024, arXiv 2402.05369): the absolute likelihood counts, not the margin
/// alone. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "nca_pair".
/// </summary>
public static class NcaLoss
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
        var (chosen, rejected) = (beta * chosenLogRatio, beta * rejectedLogRatio);          // [B]
        // L = −log σ(s_w) − ½ log σ(−s_w) − ½ log σ(−s_l)
        var losses = -nn.functional.logsigmoid(chosen) - 0.5 * nn.functional.logsigmoid(-chosen) - 0.5 * nn.functional.logsigmoid(-rejected);
        return Pairwise.Outcome(losses, chosen, rejected);
    }
}
