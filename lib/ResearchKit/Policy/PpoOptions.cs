using ResearchKit.Generation;

namespace ResearchKit.Policy;

/// <summary>The numbers of one PPO run. The defaults are those that most published RLHF runs share.</summary>
public sealed record PpoOptions
{
    /// <summary>Iterations: each samples, scores and learns.</summary>
    public required int Iterations { get; init; }

    /// <summary>Answers per prompt; two or more where groups are compared.</summary>
    public int SamplesPerPrompt { get; init; } = 1;

    /// <summary>How answers are drawn and when they end; temperature and restriction belong to the policy.</summary>
    public required SamplingOptions Sampling { get; init; }

    /// <summary>Passes over a rollout.</summary>
    public int Epochs { get; init; } = 4;

    /// <summary>Optimizer steps per pass; answers are shuffled anew for each pass.</summary>
    public int Minibatches { get; init; } = 1;

    /// <summary>AdamW's learning rate of the policy.</summary>
    public required double LearningRate { get; init; }

    /// <summary>AdamW's learning rate of the critic; the policy's where null.</summary>
    public double? ValueLearningRate { get; init; }

    /// <summary>The largest global L2 norm of each model's gradient; 0 turns clipping off.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>How rewards become advantages.</summary>
    public AdvantageEstimator Estimator { get; init; } = AdvantageEstimator.Generalized;

    /// <summary>γ, the discount per token.</summary>
    public double Gamma { get; init; } = 1;

    /// <summary>λ of the generalised advantage.</summary>
    public double Lambda { get; init; } = 0.95;

    /// <summary>ε of the policy's clipping.</summary>
    public double Clip { get; init; } = 0.2;

    /// <summary>ε of the critic's clipping, in units of the reward; null for none.</summary>
    public double? ValueClip { get; init; } = 0.2;

    /// <summary>Scale the penalised rewards to unit variance over the rollout's tokens, the mean kept.</summary>
    public bool WhitenRewards { get; init; }

    /// <summary>How the penalty's divergence is estimated at a token.</summary>
    public KlEstimator Kl { get; init; } = KlEstimator.K1;

    /// <summary>Learn no more from a rollout once KL(π_old‖π) per token passes this (nats); null for no limit.</summary>
    public double? UpdateKlLimit { get; init; }

    /// <summary>End the run at the fifth iteration whose KL(π‖π_ref) per answer passes this (nats), as FineGrainedRLHF does; null for no limit.</summary>
    public double? ReferenceKlLimit { get; init; }

    /// <summary>What the progress bar is called.</summary>
    public string Title { get; init; } = "PPO";

    internal void Check(bool hasCritic)
    {
        foreach (var (value, name) in new[] { (Iterations, nameof(Iterations)), (Epochs, nameof(Epochs)), (Minibatches, nameof(Minibatches)), (SamplesPerPrompt, nameof(SamplesPerPrompt)) })
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, name);
        foreach (var (value, name) in new[] { (LearningRate, nameof(LearningRate)), (ValueLearningRate ?? 0, nameof(ValueLearningRate)), (ClipNorm, nameof(ClipNorm)) })
            PolicyChecks.NotNegative(value, name);
        if ((Estimator == AdvantageEstimator.Generalized) != hasCritic)
            throw new ArgumentException($"the estimator {Estimator} {(hasCritic ? "uses no critic, but one was given" : "needs a critic, but none was given")}", nameof(hasCritic));
        if (Estimator is not (AdvantageEstimator.Generalized or AdvantageEstimator.Reinforce) && SamplesPerPrompt < 2)
            throw new InvalidOperationException($"{nameof(SamplesPerPrompt)} is {SamplesPerPrompt}; the estimator {Estimator} compares the answers to one prompt: 2 or more are expected");
    }
}
