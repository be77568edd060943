using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// D2PO, DPO with temporal decay (Shao et al. 2025, arXiv 2502.14340): earlier tokens count more. No official code followed.
/// </summary>
public static class TemporalDecayDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each token of the chosen answers [B,T].</param>
    /// <param name="rejectedLogRatio">The same of the rejected answers [B,T].</param>
    /// <param name="chosenMask">1 on answer tokens [B,T]; the first of them has weight 1.</param>
    /// <param name="rejectedMask">The same of the rejected answers [B,T].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="gamma">γ in (0, 1]: the decay per token; 1 is DPO.</param>
    /// <returns>Losses [B]; rewards from the decayed sums [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenMask, Tensor rejectedMask, double beta, double gamma)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (chosenMask, nameof(chosenMask)));
        PairChecks.SameShape((rejectedLogRatio, nameof(rejectedLogRatio)), (rejectedMask, nameof(rejectedMask)));
        PairChecks.Positive(beta, nameof(beta));
        if (gamma is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "gamma lies in (0, 1]");

        using var scope = NewDisposeScope();
        var (chosen, rejected) = (beta * Decayed(chosenLogRatio, chosenMask, gamma), beta * Decayed(rejectedLogRatio, rejectedMask, gamma));
        // L = −log σ(β Σ_t γ^t ρ_w,t − β Σ_t γ^t ρ_l,t), t counted from 0 inside each answer
        return Pairwise.Outcome(Pairwise.Logistic(chosen - rejected), chosen, rejected);
    }

    private static Tensor Decayed(Tensor perToken, Tensor mask, double gamma)
    {
        var counted = mask.ne(0);
        var weights = ((counted.cumsum(-1) - 1).to_type(perToken.dtype) * Math.Log(gamma)).exp();
        return (perToken.masked_fill(counted.logical_not(), 0) * weights).sum(-1);
    }
}
