using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: the whole KTO loss from logits, with and without its baseline.</summary>
internal sealed class GoldenKto : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var policy = Sums(item, "policy_logits", "");
        var ratio = policy - Sums(item, "ref_logits", "");
        var baseline = item.Text("loss_type") == "kto" ? KtoLoss.Baseline(Sums(item, "policy_KL_logits", "KL_") - Sums(item, "ref_KL_logits", "KL_")) : 0;
        var good = item.Input("label").ne(0);
        var answers = KtoLoss.Compute(
            ratio[good], ratio[good.logical_not()], item.Number("beta"), baseline, item.Number("desirable_weight"), item.Number("undesirable_weight"));
        var loss = answers.Losses.mean();
        var outputs = UnpairedMetrics.Batch(item.Input("policy_logits"), item.Input("completion_mask"), item.Input("label"), policy, answers, baseline)
            .ToDictionary(metric => metric.Key, metric => tensor(metric.Value, dtype: ScalarType.Float64));
        outputs["loss"] = loss;
        outputs["num_tokens"] = item.Input("attention_mask").sum();
        return new(outputs, loss);
    }

    private static Tensor Sums(GoldenCase item, string logits, string prefix)
    {
        var mask = item.Input(prefix + "completion_mask");
        return LogProbs.Sum(LogProbs.PerToken(item.Input(logits), item.Input(prefix + "input_ids")), mask.narrow(1, 1, mask.shape[1] - 1));
    }
}
