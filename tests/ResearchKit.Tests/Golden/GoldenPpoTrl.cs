using ResearchKit.Policy;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>
/// huggingface/trl: PPO's rewards, advantages, losses and helpers. Upstream pays the score one position after the last
/// token and lets the critic see that position, so its masks come in two sizes.
/// </summary>
internal sealed class GoldenPpoTrl : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "PPO rewards, GAE and whitening" => Advantages(item),
        "PPO policy and value loss" => Loss(item),
        "masked_whiten" => new(new Dictionary<string, Tensor>
        {
            ["out"] = Masked.Whiten(item.Input("values"), item.Input("mask"), item.Flag("shift_mean")),
            ["mean"] = Masked.Mean(item.Input("values"), item.Input("mask")),
            ["var"] = Masked.Variance(item.Input("values"), item.Input("mask")),
        }),
        "truncate_response" => new(new Dictionary<string, Tensor>
        {
            ["truncated"] = ResponseEnd.Truncate(item.Input("responses"), (long)item.Number("stop_token_id"), (long)item.Number("pad_token_id")),
        }),
        _ => new(new Dictionary<string, Tensor> { ["index"] = ResponseEnd.FirstTrue(item.Input("responses").eq(0)) }),
    };

    private static GoldenOutcome Advantages(GoldenCase item)
    {
        var (logProbs, reference, values) = (item.Input("logprobs"), item.Input("ref_logprobs"), item.Input("values"));
        var last = item.Input("sequence_lengths").unsqueeze(1);
        var places = arange(logProbs.shape[1], ScalarType.Int64);
        var (mask, paid) = (places.le(last).to(ScalarType.Float64), places.le(last + 1).to(ScalarType.Float64));
        var estimator = item.Text("kl_estimator") == "k1" ? KlEstimator.K1 : KlEstimator.K3;
        var rewards = TokenRewards.KlPenalized(
            TokenRewards.AtLastToken(item.Input("scores"), paid), logProbs, reference, mask, item.Number("kl_coef"), estimator);
        if (item.Flag("whiten_rewards")) rewards = Masked.Whiten(rewards, paid, shiftMean: false) * paid;
        var (advantages, returns) = GeneralizedAdvantage.Compute(rewards, values, paid, item.Number("gamma"), item.Number("lam"));
        return new(new Dictionary<string, Tensor>
        {
            ["rewards"] = rewards,
            ["kl"] = TokenKl.Estimate(logProbs, reference, estimator) * mask,
            ["advantages"] = Masked.Whiten(advantages, mask) * mask,
            ["returns"] = returns,
            ["padding_mask"] = 1 - mask,
            ["padding_mask_p1"] = 1 - paid,
        });
    }

    private static GoldenOutcome Loss(GoldenCase item)
    {
        var (padding, unpaid) = (item.Input("padding_mask").ne(0), item.Input("padding_mask_p1").ne(0));
        Tensor Valid(string name) => item.Input(name).masked_fill(padding, 1);
        var (mask, paid) = (padding.logical_not(), unpaid.logical_not());
        var policy = ClippedPolicyLoss.Compute(Valid("new_logprobs"), Valid("old_logprobs"), item.Input("advantages"), item.Number("cliprange"));
        var value = ClippedValueLoss.Compute(
            item.Input("vpred").masked_fill(unpaid, 0), item.Input("old_values"), item.Input("returns"), item.Number("cliprange_value"));
        var (policyLoss, valueLoss) = (Masked.Mean(policy.Losses, mask), Masked.Mean(value.Losses, paid));
        var loss = policyLoss + item.Number("vf_coef") * valueLoss;
        return new(
            new Dictionary<string, Tensor>
            {
                ["loss"] = loss,
                ["pg_loss"] = policyLoss,
                ["vf_loss"] = valueLoss,
                ["pg_clipfrac"] = Masked.Mean(policy.Clipped, mask),
                ["vf_clipfrac"] = Masked.Mean(value.Clipped, paid),
                ["approxkl"] = TokenKl.Estimate(Valid("new_logprobs"), Valid("old_logprobs"), KlEstimator.K2).mean(),
                ["entropy"] = PolicyEntropy.Of(item.Input("logits")),
                ["ratio_mean"] = policy.Ratio.mean(),
            },
            loss);
    }
}
