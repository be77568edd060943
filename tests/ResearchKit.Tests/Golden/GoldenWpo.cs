using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>wzhouad/WPO: get_batch_logps with its weights, dpo_loss.</summary>
internal sealed class GoldenWpo : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var perToken = LogProbs.PerToken(item.Input("logits"), labels.Ids);
        var weights = WpoWeights.Of(item.Input("logits"), labels.Ids, labels.Mask);
        if (item.Routine == "get_batch_logps")
        {
            var logProbs = labels.Reduce(perToken, item.Flag("average_log_prob"));
            var factors = arange(1, logProbs.shape[0] + 1, dtype: ScalarType.Float64);
            return new(new Dictionary<string, Tensor> { ["logps"] = logProbs, ["weight"] = weights }, (factors * logProbs).sum());
        }
        var ratios = labels.Reduce(perToken - LogProbs.PerToken(item.Input("reference_logits"), labels.Ids), average: false).chunk(2);
        var outcome = GoldenDpoReference.Outcome(WpoLoss.Compute(ratios[0], ratios[1], weights, item.Number("beta"), item.Number("label_smoothing")));
        return outcome with { Outputs = new Dictionary<string, Tensor>(outcome.Outputs) { ["weight"] = weights } };
    }
}
