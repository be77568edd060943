using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// Statistics over the tokens that a mask counts, all rows together. Masked values never leak in, not even NaN. Official
/// code: huggingface/trl f2cd577, trl/experimental/ppo/ppo_trainer.py, masked_mean, masked_var, masked_whiten.
/// </summary>
public static class Masked
{
    /// <summary>Mean over all counted tokens: long answers weigh more than short ones.</summary>
    /// <param name="values">[B,T].</param>
    /// <param name="mask">1 to count, 0 to leave out [B,T], any type.</param>
    /// <returns>A scalar; NaN where nothing is counted. The mean per row first is <see cref="Generation.LogProbs.Mean"/>.</returns>
    public static Tensor Mean(Tensor values, Tensor mask)
    {
        PolicyChecks.SameShape((values, nameof(values)), (mask, nameof(mask)));
        using var scope = NewDisposeScope();
        var counted = mask.ne(0);
        return (values.masked_fill(~counted, 0).sum() / counted.sum()).MoveToOuterDisposeScope();
    }

    /// <summary>Unbiased variance over all counted tokens: the sum of squares over n − 1.</summary>
    /// <returns>A scalar; NaN for a single counted token.</returns>
    public static Tensor Variance(Tensor values, Tensor mask)
    {
        using var scope = NewDisposeScope();
        var n = mask.ne(0).sum();
        return (Mean((values - Mean(values, mask)).square(), mask) * n / (n - 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Scales to unit variance over the counted tokens: (x − μ)/√(σ² + 1e-8), and + μ where the mean is kept.</summary>
    /// <param name="values">[B,T].</param>
    /// <param name="mask">1 to count, 0 to leave out [B,T]. Masked tokens are moved and scaled as the others, as upstream does: mask the result.</param>
    /// <param name="shiftMean">
    /// True to take the mean away, as advantages are whitened; false to put it back, as rewards are: that leaves the
    /// rewards' sign about where it was, and changes the weight of the KL penalty from batch to batch.
    /// </param>
    /// <remarks>FineGrainedRLHF a1469d4 (fgrlhf/utils.py, whiten) divides by the root of the standard deviation; this routine by the standard deviation.</remarks>
    public static Tensor Whiten(Tensor values, Tensor mask, bool shiftMean = true)
    {
        using var scope = NewDisposeScope();
        var mean = Mean(values, mask);
        var whitened = (values - mean) * (Variance(values, mask) + 1e-8).rsqrt();
        if (!shiftMean) whitened = whitened + mean;
        return whitened.MoveToOuterDisposeScope();
    }
}
