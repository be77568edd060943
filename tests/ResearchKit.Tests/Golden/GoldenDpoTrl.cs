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
        var pairWeights = item.Flag("use_weighting") ? WpoWeights.Of(item.Input("policy_logits"), batch.Ids, terms.Mask, double.PositiveInfinity) : null;
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
internal sealed record GoldenTrlTerms(Tensor PerToken, Tensor Mask, Tensor Policy, Tensor Reference, Tensor Lengths)
{
    internal Tensor Ratio { get; } = Policy - Reference;
    internal Tensor ChosenRatio => Ratio.chunk(2)[0];
    internal Tensor RejectedRatio => Ratio.chunk(2)[1];

    internal static GoldenTrlTerms Of(GoldenCase item, PairBatch batch)
    {
        var mask = batch.CompletionMask.narrow(1, 1, batch.CompletionMask.shape[1] - 1);
        var policy = LogProbs.PerToken(item.Input("policy_logits"), batch.Ids);
        var reference = LogProbs.PerToken(item.Input("ref_logits"), batch.Ids);
        Tensor Reduce(Tensor perToken)
        {
            if (!item.Has("ld_alpha")) return LogProbs.Sum(perToken, mask);
            var lengths = mask.ne(0).sum(-1).chunk(2);
            var shared = minimum(lengths[0], lengths[1]);
            return LengthDesensitizedDpoLoss.Sum(perToken, mask, cat([shared, shared]), item.Number("ld_alpha"));
        }
        // The unshifted mask: what TRL divides by.
        return new(policy, mask, Reduce(policy), Reduce(reference), batch.CompletionMask.sum(-1).to_type(ScalarType.Float64));
    }
}
