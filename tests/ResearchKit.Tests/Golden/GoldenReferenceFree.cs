using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>What the three trainers without a reference share: log-probabilities of both halves of a batch and their metrics.</summary>
internal static class GoldenReferenceFree
{
    internal static (Tensor Chosen, Tensor Rejected) SequenceLogProbs(GoldenCase item, bool average)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var halves = labels.Reduce(LogProbs.PerToken(item.Input("logits"), labels.Ids), average).chunk(2);
        return (halves[0], halves[1]);
    }

    /// <summary>NLL of the chosen rows: of the labels, or of every real token.</summary>
    internal static Tensor ChosenNll(GoldenCase item, bool promptToo)
    {
        var labels = GoldenLabels.Of(item.Input("labels"));
        var (ids, mask) = promptToo
            ? (item.Input("input_ids"), item.Input("attention_mask").narrow(1, 1, item.Input("attention_mask").shape[1] - 1))
            : (labels.Ids, labels.Mask);
        return SftLoss.TokenMean(LogProbs.PerToken(item.Input("logits"), ids).chunk(2)[0], mask.chunk(2)[0]);
    }

    internal static Dictionary<string, Tensor> Metrics(GoldenCase item, (Tensor Chosen, Tensor Rejected) logProbs, PreferenceLoss pairs, long chosenCut, long rejectedCut)
    {
        var halves = item.Input("logits").chunk(2);
        Tensor Cut(Tensor logits, long positions) => logits.narrow(1, 0, logits.shape[1] - positions);
        return ReferenceFreeMetrics.Batch(Cut(halves[0], chosenCut), Cut(halves[1], rejectedCut), logProbs.Chosen, logProbs.Rejected, pairs)
            .ToDictionary(metric => metric.Key, metric => tensor(metric.Value, dtype: ScalarType.Float64));
    }
}
