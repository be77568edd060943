using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: bco_loss with its running moments and density-ratio weights, get_batch_logps.</summary>
internal sealed class GoldenBco : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        if (item.Routine == "get_batch_logps")
        {
            var labels = GoldenLabels.Of(item.Input("labels"));
            var logProbs = labels.Reduce(LogProbs.PerToken(item.Input("logits"), labels.Ids), item.Flag("average_log_prob"));
            return new(new Dictionary<string, Tensor> { ["logps"] = logProbs }, (arange(1, logProbs.shape[0] + 1, dtype: ScalarType.Float64) * logProbs).sum());
        }
        var beta = item.Number("beta");
        var chosen = item.Input("policy_chosen_logps") - item.Input("reference_chosen_logps");
        var rejected = item.Input("policy_rejected_logps") - item.Input("reference_rejected_logps");
        var before = item.Parameter("running_before");
        double Before(string name) => before.GetProperty(name).GetDouble();
        var moments = new RunningMoments(Before("mean"), Before("var"), Before("std"), Before("count"));
        if (item.Flag("do_train")) moments = moments.Update(beta * cat([chosen, rejected]));
        var weights = item.Flag("match_underlying_distribution")
            ? BcoLoss.DensityRatioWeights(item.Input("rejected_prob_desirable"), item.Number("min_density_ratio"), item.Number("max_density_ratio"))
            : null;
        var outcome = GoldenDpoReference.Outcome(BcoLoss.Compute(chosen, rejected, beta, moments.Mean, weights));
        return outcome with
        {
            Outputs = new Dictionary<string, Tensor>(outcome.Outputs)
            {
                ["delta"] = moments.Mean,
                ["running_mean"] = moments.Mean,
                ["running_std"] = moments.Std,
                ["running_var"] = moments.Variance,
                ["running_count"] = moments.Count,
            },
        };
    }
}
