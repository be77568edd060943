using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>Vance0124/Token-level-Direct-Preference-Optimization: _tdpo_get_batch_logps, tdpo_loss.</summary>
internal sealed class GoldenTdpo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine switch
    {
        "tdpo_loss" or "_tdpo_get_batch_logps" or "_tdpo_get_batch_logps+tdpo_loss" => null,
        var other => $"routine '{other}' has no implementation yet",
    };

    public GoldenOutcome Run(GoldenCase item) => item.Routine switch
    {
        "tdpo_loss" => Loss(
            item, item.Input("chosen_logps_margin"), item.Input("rejected_logps_margin"), item.Input("chosen_position_kl"), item.Input("rejected_position_kl")),
        "_tdpo_get_batch_logps" => BatchLogProbs(item),
        _ => EndToEnd(item),
    };

    private static GoldenOutcome BatchLogProbs(GoldenCase item)
    {
        var average = item.Flag("average_log_prob");
        var (labels, margin, kl) = Terms(item, average);
        var rows = margin.shape[0];
        var weights = arange(1, rows + 1, dtype: ScalarType.Float64);
        return new(
            new Dictionary<string, Tensor>
            {
                ["logps_margin"] = margin,
                ["position_kl"] = kl,
                ["logps"] = labels.Reduce(LogProbs.PerToken(item.Input("logits"), labels.Ids), average),
            },
            (weights * margin).sum() + 0.5 * ((rows + 1 - weights) * kl).sum());
    }

    private static GoldenOutcome EndToEnd(GoldenCase item)
    {
        var (_, margin, kl) = Terms(item, average: false);
        var (margins, kls) = (margin.chunk(2), kl.chunk(2));
        return Loss(item, margins[0], margins[1], kls[0], kls[1]);
    }

    private static GoldenOutcome Loss(GoldenCase item, Tensor chosenRatio, Tensor rejectedRatio, Tensor chosenKl, Tensor rejectedKl) =>
        GoldenDpoReference.Outcome(TdpoLoss.Compute(
            chosenRatio, rejectedRatio, chosenKl, rejectedKl,
            item.Number("beta"), item.Number("alpha"), item.Flag("if_tdpo2") ? TdpoVariant.Tdpo2 : TdpoVariant.Tdpo1));

    private static (GoldenLabels Labels, Tensor Margin, Tensor Kl) Terms(GoldenCase item, bool average)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var (policy, reference) = (item.Input("logits"), item.Input("reference_logits"));
        var kl = SequentialKl.Forward(policy, reference).narrow(1, 0, policy.shape[1] - 1);
        return (labels, labels.Reduce(LogRatio.PerToken(policy, reference, labels.Ids), average), labels.Reduce(kl, average));
    }
}
