namespace ResearchKit.Evaluation;

/// <summary>One checkpoint of a run, measured on its own samples.</summary>
/// <param name="Kl">Sequence KL of the policy to the reference in nats, estimated on samples.</param>
/// <param name="Reward">Mean true reward of the samples.</param>
public readonly record struct RewardKlPoint(double Kl, double Reward);

/// <summary>
/// The reward that a run buys for a KL budget: F(k) = best true reward among its checkpoints with sampled KL ≤ k.
/// A run need not move monotonically in KL, so nothing is interpolated (reward-KL frontiers: Gao et al. 2023, arXiv
/// 2210.10760; Zeng et al. 2024, arXiv 2404.11999, figure 3).
/// </summary>
public sealed class RewardKlFrontier
{
    /// <summary>The frontier of a run's checkpoints, given in any order.</summary>
    /// <exception cref="ArgumentException">A point is not finite.</exception>
    public RewardKlFrontier(IEnumerable<RewardKlPoint> checkpoints)
    {
        ArgumentNullException.ThrowIfNull(checkpoints);
        var best = new List<RewardKlPoint>();
        foreach (var point in checkpoints.OrderBy(point => point.Kl).ThenByDescending(point => point.Reward))
        {
            if (!double.IsFinite(point.Kl) || !double.IsFinite(point.Reward)) throw new ArgumentException(FormattableString.Invariant($"a checkpoint has KL {point.Kl} and reward {point.Reward}; both must be finite"), nameof(checkpoints));
            if (best.Count == 0 || point.Reward > best[^1].Reward) best.Add(point);
        }
        Points = best;
    }

    /// <summary>The checkpoints that no other beats at the same or lower KL, by rising KL and rising reward.</summary>
    public IReadOnlyList<RewardKlPoint> Points { get; }

    /// <summary>F(k); NaN where no checkpoint stays within the budget.</summary>
    /// <param name="kl">k, the budget in nats.</param>
    public double At(double kl)
    {
        var reward = double.NaN;
        foreach (var point in Points)
        {
            if (point.Kl <= kl) reward = point.Reward;
        }
        return reward;
    }
}
