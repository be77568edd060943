using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>From a rollout's rewards to what the update learns from.</summary>
internal static class RolloutAdvantages
{
    /// <summary>Advantages [B,T], whitened where the estimator says so, and the critic's targets.</summary>
    internal static AdvantagesAndReturns Of(Rollout rollout, Tensor penalized, PpoOptions options)
    {
        using var scope = NewDisposeScope();
        var (mask, padding) = (rollout.Mask, rollout.Mask.eq(0));
        if (options.WhitenRewards) penalized = Masked.Whiten(penalized, mask, shiftMean: false);
        var (advantages, returns) = options.Estimator switch
        {
            AdvantageEstimator.Generalized => GeneralizedAdvantage.Compute(penalized, rollout.Values!, mask, options.Gamma, options.Lambda),
            AdvantageEstimator.Reinforce => Same(ReturnsToGo.Compute(penalized, mask, options.Gamma)),
            _ => Same(PerAnswer(Generation.LogProbs.Sum(penalized, mask), options).unsqueeze(1).expand_as(mask)),
        };
        if (options.Estimator is AdvantageEstimator.Generalized or AdvantageEstimator.Reinforce) advantages = Masked.Whiten(advantages, mask);
        advantages = advantages.masked_fill(padding, 0);
        return new AdvantagesAndReturns(advantages.MoveToOuterDisposeScope(), returns.MoveToOuterDisposeScope());
    }

    private static Tensor PerAnswer(Tensor rewards, PpoOptions options) => options.Estimator switch
    {
        AdvantageEstimator.LeaveOneOut => LeaveOneOutAdvantage.Compute(rewards, options.SamplesPerPrompt),
        AdvantageEstimator.GroupMean => GroupRelativeAdvantage.Compute(rewards, options.SamplesPerPrompt, divideByDeviation: false),
        _ => GroupRelativeAdvantage.Compute(rewards, options.SamplesPerPrompt),
    };

    private static AdvantagesAndReturns Same(Tensor advantages) => new(advantages, advantages);
}
