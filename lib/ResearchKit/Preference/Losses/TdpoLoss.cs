using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>The two losses of the TDPO paper.</summary>
public enum TdpoVariant
{
    /// <summary>The full difference of the two sequential KLs, gradient through both.</summary>
    Tdpo1,

    /// <summary>The difference scaled by α, its chosen side without gradient.</summary>
    Tdpo2,
}

/// <summary>
/// Token-level Direct Preference Optimization (Zeng et al. 2024, arXiv 2404.11999, TDPO1 and TDPO2). Official code:
/// Vance0124/Token-level-Direct-Preference-Optimization 2a736ec, trainers.py, tdpo_loss.
/// </summary>
public static class TdpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">ρ_w: Σ_t log π/π_ref of the chosen answers [B] (see <see cref="LogRatio"/>).</param>
    /// <param name="rejectedLogRatio">ρ_l, the same of the rejected answers [B].</param>
    /// <param name="chosenKl">D_w: sequential forward KL, reference first, over the chosen answers [B] (see <see cref="SequentialKl"/>).</param>
    /// <param name="rejectedKl">D_l, the same over the rejected answers [B].</param>
    /// <param name="beta">β, positive; it scales the KL term too.</param>
    /// <param name="alpha">α ≥ 0, the weight of the KL term in TDPO2 (0 gives DPO); TDPO1 does not use it.</param>
    /// <param name="variant">Which loss: named at every call, because the official defaults disagree.</param>
    /// <returns>Losses [B] in nats; rewards β(ρ + D) [B], detached, without α, as the official code logs them.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenKl, Tensor rejectedKl,
        double beta, double alpha, TdpoVariant variant)
    {
        PairChecks.SameShape(
            (chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)),
            (chosenKl, nameof(chosenKl)), (rejectedKl, nameof(rejectedKl)));
        PairChecks.Positive(beta, nameof(beta));
        if (!(alpha >= 0) || !double.IsFinite(alpha)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "alpha must be finite and not negative");

        using var scope = NewDisposeScope();
        var rho = chosenLogRatio - rejectedLogRatio;                                        // [B]
        var z = variant switch
        {
            // z = (ρ_w − ρ_l) − (D_l − D_w)
            TdpoVariant.Tdpo1 => rho - (rejectedKl - chosenKl),
            // z = (ρ_w − ρ_l) − α (D_l − sg[D_w])
            TdpoVariant.Tdpo2 => rho - alpha * (rejectedKl - chosenKl.detach()),
            _ => throw new ArgumentOutOfRangeException(nameof(variant), variant, "expected Tdpo1 or Tdpo2"),
        };
        // L = −log σ(βz)
        var losses = -nn.functional.logsigmoid(beta * z);
        return new PreferenceLoss(
            losses.MoveToOuterDisposeScope(),
            (beta * (chosenLogRatio + chosenKl)).detach().MoveToOuterDisposeScope(),
            (beta * (rejectedLogRatio + rejectedKl)).detach().MoveToOuterDisposeScope());
    }
}
