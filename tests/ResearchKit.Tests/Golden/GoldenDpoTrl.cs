using ResearchKit.Data;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: the whole DPO loss from logits with its logged metrics.</summary>
internal sealed class GoldenDpoTrl : IGoldenFamily
{
    public string? Missing(GoldenCase item)
    {
        var types = item.Parameter("loss_type").EnumerateArray().Select(type => type.GetString()).ToArray();
        if (types is not ["sigmoid"]) return $"loss type {string.Join(" + ", types)} has no implementation yet";
        if (item.Text("f_divergence_type") is { } divergence and not "reverse_kl") return $"f-divergence {divergence} has no implementation yet";
        if (item.Has("ld_alpha")) return "length desensitization (ld_alpha) has no implementation yet";
        return item.Flag("use_weighting") ? "WPO weighting has no implementation yet" : null;
    }

    public GoldenOutcome Run(GoldenCase item)
    {
        // TRL's sigmoid takes no notice of label_smoothing, so neither does this.
        var batch = new PairBatch(item.Input("input_ids"), item.Input("attention_mask"), item.Input("completion_mask"));
        var outcome = DpoFromLogits.Compute(item.Input("policy_logits"), item.Input("ref_logits"), batch, item.Number("beta"));
        var metrics = PreferenceMetrics.Step(
            outcome.Metrics, globalStep: 1, epoch: 1, batch.AttentionMask.sum().item<long>(), outcome.Loss.item<double>(), learningRate: 0, gradientNorm: 0);
        var outputs = metrics.ToDictionary(metric => metric.Key, metric => tensor(metric.Value, dtype: ScalarType.Float64));
        return new(outputs, outcome.Loss);
    }
}
