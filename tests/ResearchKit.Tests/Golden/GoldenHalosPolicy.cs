using ResearchKit.Generation;
using ResearchKit.Policy;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>ContextualAI/HALOs: its two policy-gradient losses. Its whitening takes the biased variance, its critic the discounted rewards.</summary>
internal static class GoldenHalosPolicy
{
    internal static GoldenOutcome Grpo(GoldenCase item)
    {
        var (policy, reference, mask) = (item.Input("policy_token_logps"), item.Input("reference_token_logps"), item.Input("mask"));
        var (ratio, unclamped) = (policy - reference, ones(1, ScalarType.Float64).squeeze());
        if (item.Flag("humanline"))
        {
            var (low, high) = (item.Number("log_epsilon_P"), item.Number("log_epsilon_R"));
            unclamped = Humanline.UnclampedShare(ratio, low, high);
            ratio = Humanline.Clamp(ratio, low, high);
        }
        var advantages = item.Input("advantages").unsqueeze(1).expand_as(ratio);
        var surrogate = ClippedPolicyLoss.Compute(ratio, zeros_like(ratio), advantages, item.Number("epsilon"));
        var kl = TokenKl.Estimate(policy, reference, KlEstimator.K3);
        var loss = Masked.Mean(surrogate.Losses + item.Number("beta") * kl, mask);
        return new(
            new Dictionary<string, Tensor>
            {
                ["loss"] = loss,
                ["mean_kl"] = Masked.Mean(kl, mask),
                ["mean_abs_weighted_adv"] = Masked.Mean((advantages * surrogate.Ratio).abs(), mask),
                ["mean_abs_adv"] = item.Input("advantages").abs().mean(),
                ["unclamped"] = unclamped,
            },
            loss);
    }

    internal static GoldenOutcome Ppo(GoldenCase item)
    {
        var (mask, old, logProbs) = (item.Input("mask"), item.Input("old_token_logps"), item.Input("token_logps"));
        var rewards = item.Input("rewards") * mask;
        var (raw, returns) = GeneralizedAdvantage.Compute(rewards, item.Input("values"), mask, item.Number("gamma"), item.Number("lam"));
        var variance = Masked.Variance(raw, mask) * (mask.sum() - 1) / mask.sum();
        var advantages = (raw - Masked.Mean(raw, mask)) * (variance + 1e-8).rsqrt() * mask;
        var discounted = ReturnsToGo.Compute(rewards, mask, item.Number("gamma"));
        var critic = Masked.Mean(ClippedValueLoss.Compute(item.Input("episode_values"), discounted, discounted, clip: null).Losses, mask);
        var surrogate = ClippedPolicyLoss.Compute(logProbs, old, advantages, item.Number("cliprange"));
        var policy = Masked.Mean(surrogate.Losses, mask);
        var loss = policy + item.Number("critic_coef") * critic + item.Number("KL_coef") * Masked.Mean(logProbs - old, mask);
        return new(
            new Dictionary<string, Tensor>
            {
                ["advantages"] = advantages,
                ["returns"] = returns,
                ["discounted_future_rewards"] = discounted,
                ["loss"] = loss,
                ["loss/total"] = loss,
                ["loss/unclamped"] = ones(1, ScalarType.Float64).squeeze(),
                ["loss/critic"] = critic,
                ["loss/policy"] = policy,
                ["clipfrac/policy"] = Masked.Mean(surrogate.Clipped, mask),
                ["loss/entropy"] = Masked.Mean(PolicyEntropy.Of(item.Input("episode_logits")), mask),
                ["loss/policykl"] = Masked.Mean(old - logProbs, mask),
                ["loss/seqratio"] = LogProbs.Sum(logProbs - old, mask).exp().mean(),
            },
            loss);
    }
}
