namespace ResearchKit.Policy;

/// <summary>The columns of a PPO run's <see cref="Training.History"/>, one row per iteration.</summary>
public static class PpoHistory
{
    /// <summary>Mean over answers of the summed reward, before the KL penalty; unscorable answers left out.</summary>
    public const string Reward = "reward";

    /// <summary>Mean over answers of Σ_t (log π − log π_ref): the estimate of KL(π‖π_ref) per answer, in nats.</summary>
    public const string Kl = "kl";

    /// <summary>β of the iteration.</summary>
    public const string KlCoefficient = "kl_coefficient";

    /// <summary>Mean length of the answers in tokens.</summary>
    public const string Length = "length";

    /// <summary>Mean policy loss over the updates.</summary>
    public const string PolicyLoss = "policy_loss";

    /// <summary>Mean critic loss over the updates; missing without a critic.</summary>
    public const string ValueLoss = "value_loss";

    /// <summary>Mean entropy per token over the updates, in nats.</summary>
    public const string Entropy = "entropy";

    /// <summary>Mean over the updates of the k3 estimate of KL(π_old‖π) per token, in nats.</summary>
    public const string UpdateKl = "update_kl";

    /// <summary>Share of tokens whose policy loss was clipped.</summary>
    public const string ClipFraction = "clip_fraction";

    /// <summary>Optimizer steps taken; fewer than epochs × minibatches where <see cref="PpoOptions.UpdateKlLimit"/> ended them.</summary>
    public const string Updates = "updates";
}
