using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// SamPO (Lu et al. 2024, arXiv 2406.10957): DPO whose longer answer is represented by as many randomly drawn tokens as the shorter
/// one has. No official code followed.
/// </summary>
public static class SamPoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each token of the chosen answers [B,T].</param>
    /// <param name="rejectedLogRatio">The same of the rejected answers [B,T].</param>
    /// <param name="chosenMask">1 on answer tokens [B,T].</param>
    /// <param name="rejectedMask">The same of the rejected answers [B,T].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="generator">What draws the tokens.</param>
    /// <returns>Losses [B]; rewards from the drawn tokens [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenMask, Tensor rejectedMask, double beta, Generator generator)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (chosenMask, nameof(chosenMask)));
        PairChecks.SameShape((rejectedLogRatio, nameof(rejectedLogRatio)), (rejectedMask, nameof(rejectedMask)));
        PairChecks.Positive(beta, nameof(beta));
        ArgumentNullException.ThrowIfNull(generator);

        using var scope = NewDisposeScope();
        var shorter = minimum(chosenMask.ne(0).sum(-1), rejectedMask.ne(0).sum(-1));        // [B]
        var chosen = beta * LogProbs.Sum(chosenLogRatio, Drawn(chosenMask, shorter, generator));
        var rejected = beta * LogProbs.Sum(rejectedLogRatio, Drawn(rejectedMask, shorter, generator));
        // L = −log σ(β Σ_{t drawn} ρ_w,t − β Σ_{t drawn} ρ_l,t)
        return Pairwise.Outcome(Pairwise.Logistic(chosen - rejected), chosen, rejected);
    }

    // A mask with `count` of a row's answer tokens, every subset equally likely.
    private static Tensor Drawn(Tensor mask, Tensor count, Generator generator)
    {
        var keys = rand(mask.shape, ScalarType.Float64, CPU, generator: generator).to(mask.device).masked_fill(mask.eq(0), 2);
        var rank = keys.argsort(-1).argsort(-1);
        return rank.lt(count.unsqueeze(-1));
    }
}
