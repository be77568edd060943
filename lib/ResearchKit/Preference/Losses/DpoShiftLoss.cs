using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DPO-Shift (Yang et al. 2025, arXiv 2502.07599): the rejected answer's log-ratio is weakened, which trades reward margin for
/// the chosen answer's likelihood. No official code followed.
/// </summary>
public static class DpoShiftLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="shift">f in (0, 1], the weight of the rejected side (the paper's schedule f(λ) of this step); 1 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double shift)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        if (shift is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(shift), shift, "the shift lies in (0, 1]");

        using var scope = NewDisposeScope();
        // L = −log σ(β ρ_w − f β ρ_l)
        var losses = Pairwise.Logistic(beta * (chosenLogRatio - shift * rejectedLogRatio));
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
