using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Cal-DPO, calibrated DPO (Xiao et al. 2024, arXiv 2412.14516): DPO at β = 1 plus a squared pull of each log-ratio to ±1/(2β).
/// No official code followed.
/// </summary>
public static class CalDpoLoss
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
        var target = 1 / (2 * beta);
        // L = −log σ(ρ_w − ρ_l) + (ρ_w − 1/(2β))² + (ρ_l + 1/(2β))²
        var losses = Pairwise.Logistic(chosenLogRatio - rejectedLogRatio) + (chosenLogRatio - target).square() + (rejectedLogRatio + target).square();
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
