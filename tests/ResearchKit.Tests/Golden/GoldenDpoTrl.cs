using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>huggingface/trl: the whole DPO loss from logits with its logged metrics.</summary>
internal sealed class GoldenDpoTrl : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var batch = new PairBatch(item.Input("input_ids"), item.Input("attention_mask"), item.Input("completion_mask"));
        var terms = GoldenTrlTerms.Of(item, batch);
        var types = item.Parameter("loss_type").EnumerateArray().Select(type => type.GetString()!).ToArray();
        var weights = item.Has("loss_weights") ? item.Parameter("loss_weights").EnumerateArray().Select(weight => weight.GetDouble()).ToArray() : [1.0];
        // TRL weighs every loss type by WPO's weights, which it does not cap.
        var pairWeights = item.Flag("use_weighting") ? WpoWeights.Of(item.Input("policy_logits"), batch.Ids, terms.Pairs.Mask, double.PositiveInfinity) : null;
        var losses = types.Select(type => GoldenTrlLosses.Compute(type, terms, item)).ToArray();
        var loss = WeightedSum.Of([.. losses.Zip(weights, (pairs, weight) => (pairWeights is null ? pairs.Losses : pairs.Losses * pairWeights, weight))]);

        var beta = item.Number("beta");
        var rewards = new PreferenceLoss(losses[0].Losses, beta * terms.ChosenRatio.detach(), beta * terms.RejectedRatio.detach());
        var metrics = PreferenceMetrics.Step(
            PreferenceMetrics.Batch(item.Input("policy_logits"), batch, terms.Policy.detach(), rewards),
            globalStep: 1, epoch: 1, batch.AttentionMask.sum().item<long>(), loss.to_type(ScalarType.Float64).item<double>(), learningRate: 0, gradientNorm: 0);
        return new(metrics.ToDictionary(metric => metric.Key, metric => tensor(metric.Value, dtype: ScalarType.Float64)), loss);
    }
}

/// <summary>What TRL's loss types are computed from.</summary>
internal sealed record GoldenTrlTerms(PairTerms Pairs, Tensor Policy, Tensor Reference)
{
    internal Tensor ChosenRatio => (Policy - Reference).chunk(2)[0];
    internal Tensor RejectedRatio => (Policy - Reference).chunk(2)[1];

    internal static GoldenTrlTerms Of(GoldenCase item, PairBatch batch)
    {
        var reference = LogProbs.PerToken(item.Input("ref_logits"), batch.Ids);
        var pairs = PairTerms.Of(item.Input("policy_logits"), batch, reference);
        Tensor Reduce(Tensor perToken)
        {
            if (!item.Has("ld_alpha")) return LogProbs.Sum(perToken, pairs.Mask);
            var shared = minimum(pairs.ChosenLengths, pairs.RejectedLengths);
            return LengthDesensitizedDpoLoss.Sum(perToken, pairs.Mask, cat([shared, shared]), item.Number("ld_alpha"));
        }
        return new(pairs, Reduce(pairs.PolicyPerToken), Reduce(reference));
    }
}
