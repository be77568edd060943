using ResearchKit.Generation;
using ResearchKit.Policy;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: RLOO's advantages, with clipped rewards and unscorable answers, and its loss over whole answers.</summary>
internal sealed class GoldenRlooTrl : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item) => item.Routine == "RLOO advantages" ? Advantages(item) : Loss(item);

    private static GoldenOutcome Advantages(GoldenCase item)
    {
        var rewards = Scorable.WeightedSum(item.Input("rewards_per_func"), item.Input("reward_weights"));
        if (item.Parameter("reward_clip_range") is { ValueKind: System.Text.Json.JsonValueKind.Array } range) rewards = rewards.clamp(range[0].GetDouble(), range[1].GetDouble());
        if (item.Number("beta") != 0)
        {
            var kl = TokenKl.Estimate(item.Input("old_per_token_logps"), item.Input("ref_per_token_logps"), KlEstimator.K1);
            rewards = rewards - item.Number("beta") * LogProbs.Sum(kl, item.Input("completion_mask"));
        }
        var advantages = LeaveOneOutAdvantage.Compute(rewards, (int)item.Number("num_generations"), item.Flag("normalize_advantages"));
        return new(new Dictionary<string, Tensor> { ["advantages"] = advantages, ["rewards"] = rewards });
    }

    private static GoldenOutcome Loss(GoldenCase item)
    {
        var (mask, advantages) = (item.Input("completion_mask"), item.Input("advantages"));
        var loss = ClippedPolicyLoss.Compute(
            LogProbs.Sum(item.Input("per_token_logps"), mask), item.Input("old_logps"), advantages, item.Number("epsilon_low"), item.Number("epsilon_high"));
        var (low, high) = (loss.Clipped * advantages.lt(0), loss.Clipped * advantages.gt(0));
        return new(
            new Dictionary<string, Tensor>
            {
                ["loss"] = loss.Losses.mean(),
                ["entropy"] = Masked.Mean(item.Input("entropies"), mask),
                ["clip_ratio/low_mean"] = low.mean(),
                ["clip_ratio/low_min"] = low.min(),
                ["clip_ratio/high_mean"] = high.mean(),
                ["clip_ratio/high_max"] = high.max(),
                ["clip_ratio/region_mean"] = loss.Clipped.mean(),
            },
            loss.Losses.mean());
    }
}
