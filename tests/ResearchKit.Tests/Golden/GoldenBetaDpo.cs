using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>junkangwu/beta-DPO: get_batch_metrics with its running statistics; the drawn subset is an input.</summary>
internal sealed class GoldenBetaDpo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var (beta, decay, before) = (item.Number("beta"), item.Number("ema_gamma"), item.Parameter("before"));
        var chosen = item.Input("policy_chosen_logps") - item.Input("reference_chosen_logps");
        var rejected = item.Input("policy_rejected_logps") - item.Input("reference_rejected_logps");
        var gaps = chosen - rejected;
        RunningSpread Spread(string name, Tensor values) =>
            new RunningSpread(before.GetProperty(name + "_mean").GetDouble(), before.GetProperty(name + "_std").GetDouble()).Update(values, decay);
        var gap = Spread("gap", gaps);
        // The official code logs a running spread of plain DPO losses and uses it nowhere.
        var loss = Spread("loss", DpoLoss.Compute(chosen, rejected, zeros_like(chosen), zeros_like(chosen), beta).Losses);
        var outcome = BetaDpoLoss.Compute(chosen, rejected, item.Input("global_mask"), gap, beta, item.Number("a"));
        return new(
            new Dictionary<string, Tensor>
            {
                ["loss"] = outcome.Loss,
                ["losses"] = outcome.Pairs.Losses,
                ["beta_used"] = outcome.Beta,
                ["sample_weights"] = BetaDpoLoss.Weights(gaps, gap),
                ["chosen_rewards"] = outcome.Pairs.ChosenRewards,
                ["rejected_rewards"] = outcome.Pairs.RejectedRewards,
                ["gap_mean"] = gap.Mean,
                ["gap_std"] = gap.Std,
                ["loss_mean"] = loss.Mean,
                ["loss_std"] = loss.Std,
            },
            outcome.Loss);
    }
}
