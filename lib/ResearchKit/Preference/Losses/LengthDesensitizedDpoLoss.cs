using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// LD-DPO, length-desensitised DPO (Liu et al. 2024, arXiv 2409.06411): tokens beyond the shorter answer's length count α. Official
/// code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, ld_alpha.
/// </summary>
public static class LengthDesensitizedDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each token of the chosen answers [B,T].</param>
    /// <param name="rejectedLogRatio">The same of the rejected answers [B,T].</param>
    /// <param name="chosenMask">1 on answer tokens [B,T].</param>
    /// <param name="rejectedMask">The same of the rejected answers [B,T].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="alpha">α in [0, 1]: the weight of the longer answer's tail; 1 is DPO.</param>
    /// <returns>Losses [B]; rewards from the weighted sums [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenMask, Tensor rejectedMask, double beta, double alpha)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (chosenMask, nameof(chosenMask)));
        PairChecks.SameShape((rejectedLogRatio, nameof(rejectedLogRatio)), (rejectedMask, nameof(rejectedMask)));
        PairChecks.Positive(beta, nameof(beta));

        using var scope = NewDisposeScope();
        var shared = minimum(chosenMask.ne(0).sum(-1), rejectedMask.ne(0).sum(-1));         // [B]
        var chosen = beta * Sum(chosenLogRatio, chosenMask, shared, alpha);
        var rejected = beta * Sum(rejectedLogRatio, rejectedMask, shared, alpha);
        return Pairwise.Outcome(Pairwise.Logistic(chosen - rejected), chosen, rejected);
    }

    /// <summary>Σ over the first n answer tokens + α Σ over the rest; works on log-probabilities as well as on log-ratios.</summary>
    /// <param name="perToken">A quantity per scored token [B,T].</param>
    /// <param name="mask">1 on answer tokens [B,T].</param>
    /// <param name="shared">n of each row [B], int64: the shorter answer's length in the row's pair.</param>
    /// <param name="alpha">α in [0, 1].</param>
    public static Tensor Sum(Tensor perToken, Tensor mask, Tensor shared, double alpha)
    {
        PairChecks.SameShape((perToken, nameof(perToken)), (mask, nameof(mask)));
        ArgumentNullException.ThrowIfNull(shared);
        if (alpha is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha lies in [0, 1]");
        using var scope = NewDisposeScope();
        var counted = mask.ne(0);
        var tail = counted.cumsum(-1).gt(shared.unsqueeze(-1));                             // [B,T]
        var weights = ones_like(perToken).masked_fill(tail, alpha);
        return (perToken.masked_fill(counted.logical_not(), 0) * weights).sum(-1).MoveToOuterDisposeScope();
    }
}
