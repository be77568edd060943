namespace ResearchKit.Policy;

/// <summary>How rewards become advantages. All but the first do without a critic.</summary>
public enum AdvantageEstimator
{
    /// <summary><see cref="GeneralizedAdvantage"/> with a critic, whitened over the rollout's tokens: PPO.</summary>
    Generalized,

    /// <summary><see cref="ReturnsToGo"/>, whitened over the rollout's tokens: REINFORCE with the mean as baseline.</summary>
    Reinforce,

    /// <summary><see cref="LeaveOneOutAdvantage"/> of the answers' summed rewards, the same for all of an answer's tokens: RLOO.</summary>
    LeaveOneOut,

    /// <summary><see cref="GroupRelativeAdvantage"/> of the answers' summed rewards, not divided: Dr. GRPO.</summary>
    GroupMean,

    /// <summary>The same, divided by the group's standard deviation: GRPO.</summary>
    GroupNormalized,
}
