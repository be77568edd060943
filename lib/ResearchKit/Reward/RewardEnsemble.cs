using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// K reward models' rewards of N answers as one reward (Coste et al. 2023, arXiv 2310.02743, section 3.2). Members must
/// be on one scale: a Bradley-Terry reward has no fixed zero, so subtract each member's mean first.
/// </summary>
public static class RewardEnsemble
{
    /// <summary>The members' mean: [K,N] to [N].</summary>
    public static Tensor Mean(Tensor rewards) => Checked(rewards).mean([0]);

    /// <summary>Worst-case optimisation: the lowest of the members' rewards, [K,N] to [N].</summary>
    public static Tensor WorstCase(Tensor rewards) => Checked(rewards).min(0).values;

    /// <summary>Uncertainty-weighted optimisation: mean − λ · variance over the members (divided by K), [K,N] to [N].</summary>
    /// <param name="rewards">[K,N].</param>
    /// <param name="penalty">λ, not negative.</param>
    public static Tensor UncertaintyWeighted(Tensor rewards, double penalty)
    {
        Checked(rewards);
        if (!(penalty >= 0) || !double.IsFinite(penalty)) throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "a finite number, not below 0, is expected");
        using var scope = NewDisposeScope();
        return (rewards.mean([0]) - penalty * rewards.var(0, unbiased: false)).MoveToOuterDisposeScope();
    }

    /// <summary>How far the members are apart: their standard deviation (divided by K), [K,N] to [N].</summary>
    public static Tensor Disagreement(Tensor rewards) => Checked(rewards).std(0, unbiased: false);

    private static Tensor Checked(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        if (rewards.dim() != 2 || rewards.numel() == 0)
            throw new ArgumentException($"the rewards are [{string.Join(',', rewards.shape)}]; expected [K,N], one row per member", nameof(rewards));
        return rewards;
    }
}
