using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Efficient Exact Optimization for two answers (Ji et al. 2024, arXiv 2402.00856, equation 16): the reverse KL from the policy's
/// preference to the smoothed label. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "exo_pair".
/// </summary>
public static class ExoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="labelSmoothing">ε in (0, 0.5): the label is (1−ε, ε), and 0 would make the KL infinite.</param>
    /// <returns>Losses [B], not negative; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double labelSmoothing = 1e-3)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        if (labelSmoothing is not (> 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "label smoothing of EXO lies in (0, 0.5)");

        using var scope = NewDisposeScope();
        var z = beta * (chosenLogRatio - rejectedLogRatio);                                 // [B]
        // L = KL(q ‖ (1−ε, ε)), q = σ(z)
        var losses = z.sigmoid() * (nn.functional.logsigmoid(z) - Math.Log(1 - labelSmoothing))
            + (-z).sigmoid() * (nn.functional.logsigmoid(-z) - Math.Log(labelSmoothing));
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
