using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Exponential moving averages of a batch's mean and standard deviation, the state of β-DPO. Official code:
/// junkangwu/beta-DPO 1629047, trainers.py, update_and_sync_tensor_mean.
/// </summary>
/// <param name="Mean">Average of the batch means.</param>
/// <param name="Std">Average of the batch standard deviations (unbiased).</param>
public sealed record RunningSpread(double Mean, double Std)
{
    /// <summary>The official start, 0 and 0: the first weights divide by a tenth of the first batch's spread. See <see cref="OfFirst"/>.</summary>
    public static RunningSpread Zero { get; } = new(0, 0);

    /// <summary>A start from the first batch itself, which the official code does not do.</summary>
    /// <param name="values">At least two values [B].</param>
    public static RunningSpread OfFirst(Tensor values) => Zero.Update(values, 0);

    /// <summary>decay · old + (1 − decay) · batch.</summary>
    /// <param name="values">The batch's values [B], at least two; no gradient flows.</param>
    /// <param name="decay">In [0, 1); 0.9 officially.</param>
    public RunningSpread Update(Tensor values, double decay = 0.9)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (decay is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(decay), decay, "the decay lies in [0, 1)");
        if (values.numel() < 2) throw new ArgumentException("a spread needs at least two values", nameof(values));
        using var scope = NewDisposeScope();
        var wide = values.detach().to_type(ScalarType.Float64);
        return new(decay * Mean + (1 - decay) * wide.mean().item<double>(), decay * Std + (1 - decay) * wide.std().item<double>());
    }
}
