using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>A batch's outcome under β-DPO.</summary>
/// <param name="Pairs">Losses of all pairs, kept or not [B]; rewards with the base β [B].</param>
/// <param name="Loss">Mean loss over the kept pairs, a scalar to call backward on.</param>
/// <param name="Beta">The β that this batch used.</param>
public sealed record BetaDpoOutcome(PreferenceLoss Pairs, Tensor Loss, double Beta);

/// <summary>
/// β-DPO, DPO with a dynamic β per batch and filtered pairs (Wu et al. 2024, arXiv 2407.08639). Official code:
/// junkangwu/beta-DPO 1629047, trainers.py, preference_loss and get_batch_metrics.
/// </summary>
/// <remarks>
/// A step is: update the running spread with the batch's gaps (before use, as officially), weigh the pairs, draw which to keep,
/// compute. With a = 0 and every pair kept it is DPO.
/// </remarks>
public static class BetaDpoLoss
{
    /// <summary>How close each pair's gap is to the running mean: e^(−½((D−M)/s)²).</summary>
    /// <param name="gaps">D: chosen minus rejected log-ratio [B].</param>
    /// <param name="spread">M and s, already updated with this batch.</param>
    public static Tensor Weights(Tensor gaps, RunningSpread spread)
    {
        ArgumentNullException.ThrowIfNull(gaps);
        ArgumentNullException.ThrowIfNull(spread);
        using var scope = NewDisposeScope();
        return (-0.5 * ((gaps.detach() - spread.Mean) / spread.Std).square()).exp().MoveToOuterDisposeScope();
    }

    /// <summary>Draws ⌊B(1−ρ)⌋ pairs without replacement in proportion to their weights.</summary>
    /// <param name="weights">Weights [B], at least as many of them positive as pairs are kept.</param>
    /// <param name="dropped">ρ in [0, 1): the share left out.</param>
    /// <param name="generator">What draws.</param>
    /// <returns>1 on kept pairs [B].</returns>
    public static Tensor Draw(Tensor weights, double dropped, Generator generator)
    {
        ArgumentNullException.ThrowIfNull(weights);
        if (dropped is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropped), dropped, "the dropped share lies in [0, 1)");
        using var scope = NewDisposeScope();
        var kept = (long)(weights.numel() * (1 - dropped));
        return zeros_like(weights).index_fill(0, weights.multinomial(kept, generator: generator), 1).MoveToOuterDisposeScope();
    }

    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="kept">1 on the pairs that count [B], from <see cref="Draw"/>.</param>
    /// <param name="spread">The running spread of the gaps, already updated with this batch.</param>
    /// <param name="beta">Base β, positive.</param>
    /// <param name="a">a ≥ 0: how strongly β follows the batch's mean gap.</param>
    public static BetaDpoOutcome Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor kept, RunningSpread spread, double beta, double a)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)), (kept, nameof(kept)));
        ArgumentNullException.ThrowIfNull(spread);
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.NotNegative(a, nameof(a));

        using var scope = NewDisposeScope();
        var gaps = chosenLogRatio - rejectedLogRatio;                                       // [B]
        var mask = kept.to_type(gaps.dtype);
        var count = Math.Max(1, mask.sum().to_type(ScalarType.Float64).item<double>());
        // β' = max(10⁻³, β (1 + a (mean_kept D − M))), without gradient
        var meanGap = (gaps.detach() * mask).sum().to_type(ScalarType.Float64).item<double>() / count;
        var used = Math.Max(1e-3, beta * (1 + a * (meanGap - spread.Mean)));
        // L = Σ_kept −log σ(β' D) / kept
        var losses = Pairwise.Logistic(used * gaps);
        var loss = (losses * mask).sum() / count;
        return new(Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio), loss.MoveToOuterDisposeScope(), used);
    }
}
