using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DPO-Positive (Pal et al. 2024, arXiv 2402.13228, "Smaug"): DPO whose margin shrinks by how far the chosen answer has fallen
/// below the reference. Its authors published no loss code; this is the paper's equation.
/// </summary>
public static class DpopLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="penalty">λ ≥ 0 (5 to 50 in the paper); 0 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double penalty)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        PairChecks.NotNegative(penalty, nameof(penalty));

        using var scope = NewDisposeScope();
        // L = −log σ(β (ρ_w − ρ_l − λ max(0, −ρ_w)))
        var losses = Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio - penalty * (-chosenLogRatio).clamp_min(0)));
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
