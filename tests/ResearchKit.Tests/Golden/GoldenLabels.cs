using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>The reference code's labels, where −100 marks a token that does not count, as the library's ids and mask.</summary>
internal sealed record GoldenLabels(Tensor Ids, Tensor Mask)
{
    private const long Ignored = -100;

    internal static GoldenLabels Of(Tensor labels) =>
        new(labels.masked_fill(labels.eq(Ignored), 0), labels.narrow(1, 1, labels.shape[1] - 1).ne(Ignored));

    internal Tensor Reduce(Tensor perToken, bool average) => average ? LogProbs.Mean(perToken, Mask) : LogProbs.Sum(perToken, Mask);
}
