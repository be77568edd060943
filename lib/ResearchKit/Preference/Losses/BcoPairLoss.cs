using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Binary Classifier Optimization on pairs without reward shift (Jung et al. 2024, arXiv 2404.04656). Official code followed:
/// huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "bco_pair".
/// </summary>
/// <remarks>
/// The whole method, with its running mean and density-ratio weights, is <see cref="BcoLoss"/>; at shift 0 on as many chosen as
/// rejected answers that one's mean is half of this one's.
/// </remarks>
public static class BcoPairLoss
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
        // L = −log σ(s_w) − log σ(−s_l)
        var losses = -nn.functional.logsigmoid(chosen) - nn.functional.logsigmoid(-rejected);
        return Pairwise.Outcome(losses, chosen, rejected);
    }
}
