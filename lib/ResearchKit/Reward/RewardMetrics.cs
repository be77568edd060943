using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>What TRL's reward trainer logs of a batch of pairs, detached from any graph.</summary>
/// <param name="MinReward">The lowest of the 2B rewards.</param>
/// <param name="MeanReward">Their mean.</param>
/// <param name="MaxReward">The highest.</param>
/// <param name="Accuracy">The share of pairs whose chosen answer has strictly the higher reward: here a tie counts as wrong.</param>
/// <param name="Margin">The mean of r_w − r_l.</param>
public sealed record RewardMetrics(double MinReward, double MeanReward, double MaxReward, double Accuracy, double Margin)
{
    /// <summary>The metrics of B pairs.</summary>
    /// <param name="chosen">Rewards of the chosen answers [B].</param>
    /// <param name="rejected">Rewards of the rejected answers [B].</param>
    /// <exception cref="ArgumentException">The shapes differ, or there is no pair.</exception>
    public static RewardMetrics Of(Tensor chosen, Tensor rejected)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.numel() == 0 || !chosen.shape.SequenceEqual(rejected.shape))
        {
            throw new ArgumentException(
                $"rejected has shape [{string.Join(',', rejected.shape)}], chosen has [{string.Join(',', chosen.shape)}]: one value per pair is expected in each, and at least one pair", nameof(rejected));
        }
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var (c, r) = (chosen.detach().to_type(ScalarType.Float64), rejected.detach().to_type(ScalarType.Float64));
        var all = cat([c, r]);
        return new RewardMetrics(
            all.min().item<double>(), all.mean().item<double>(), all.max().item<double>(),
            (c > r).to_type(ScalarType.Float64).mean().item<double>(), (c - r).mean().item<double>());
    }
}
