using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Mean and variance of everything seen so far, the state behind BCO's reward shift. Official code: huggingface/trl f2cd577,
/// trl/experimental/bco/bco_trainer.py, RunningMoments.
/// </summary>
/// <param name="Mean">The mean.</param>
/// <param name="Variance">The biased variance.</param>
/// <param name="Std">The unbiased standard deviation.</param>
/// <param name="Count">How many values were seen (officially it starts at 10⁻²⁴, not 0).</param>
public sealed record RunningMoments(double Mean, double Variance, double Std, double Count)
{
    /// <summary>Before the first value.</summary>
    public static RunningMoments Start { get; } = new(0, 1, 1, 1e-24);

    /// <summary>Takes in a batch by the parallel variance formula.</summary>
    /// <param name="values">At least one value [N]; no gradient flows.</param>
    public RunningMoments Update(Tensor values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.numel() == 0) throw new ArgumentException("moments need at least one value", nameof(values));
        using var scope = NewDisposeScope();
        var wide = values.detach().to_type(ScalarType.Float64);
        var (count, mean) = ((double)wide.numel(), wide.mean().item<double>());
        var squares = (wide - mean).square().sum().item<double>();
        var total = Count + count;
        var shift = mean - Mean;
        var sum = squares + Variance * Count + shift * shift * Count * count / total;
        return new(Mean + shift * count / total, sum / total, Math.Sqrt(sum / (total - 1)), total);
    }
}
