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

    /// <summary>
    /// The reward at a budget when checkpoints may be mixed: the upper concave hull of the checkpoints. Drawing each answer
    /// from one of two policies has the mean of their rewards and, since KL is convex, at most the mean of their KLs; so runs
    /// whose checkpoints lie at different KLs are compared at one and the same.
    /// </summary>
    /// <param name="kl">k, the budget in nats.</param>
    /// <returns>The hull at k; beyond its last checkpoint that one's reward, NaN before its first.</returns>
    public double Mixed(double kl)
    {
        var hull = new List<RewardKlPoint>();
        foreach (var point in Points)
        {
            while (hull.Count > 1 && Slope(hull[^2], hull[^1]) <= Slope(hull[^1], point)) hull.RemoveAt(hull.Count - 1);
            hull.Add(point);
        }
        var next = hull.FindIndex(point => point.Kl > kl);
        if (next == 0 || hull.Count == 0) return double.NaN;
        if (next < 0) return hull[^1].Reward;
        var before = hull[next - 1];
        return before.Reward + Slope(before, hull[next]) * (kl - before.Kl);
    }

    // Points rise strictly in KL: of two at the same KL only the better one is kept.
    private static double Slope(RewardKlPoint from, RewardKlPoint to) => (to.Reward - from.Reward) / (to.Kl - from.Kl);
}
