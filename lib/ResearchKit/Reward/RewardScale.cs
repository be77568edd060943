using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// Puts a reward model's unbounded score on the scale of a rule: σ((r − μ) / s), with μ and s of the starting policy's
/// samples. A reconstruction (HARMO, arXiv 2510.05283, does not say how it does this).
/// </summary>
/// <param name="Mean">μ.</param>
/// <param name="Deviation">s, above 0.</param>
public sealed record RewardScale(double Mean, double Deviation)
{
    /// <summary>The scale of some samples' rewards.</summary>
    /// <param name="rewards">Any shape, at least two different values.</param>
    public static RewardScale Of(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        using var scope = NewDisposeScope();
        var wide = rewards.detach().to(ScalarType.Float64);
        var deviation = wide.numel() < 2 ? 0 : wide.std(unbiased: false).item<double>();
        if (!(deviation > 0) || !double.IsFinite(deviation))
            throw new ArgumentException($"the {wide.numel()} rewards have deviation {deviation}; a scale needs at least two finite, different ones", nameof(rewards));
        return new RewardScale(wide.mean().item<double>(), deviation);
    }

    /// <summary>σ((r − μ) / s), in (0, 1), in the rewards' shape.</summary>
    public Tensor Squash(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        using var scope = NewDisposeScope();
        return ((rewards - Mean) / Deviation).sigmoid().MoveToOuterDisposeScope();
    }
}
