using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Preference;
using ResearchKit.Tests.Models;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class ReferenceLogProbsTests
{
    private static readonly TokenizedPair[] Pairs =
        [new([1, 5], [7, 2], [8, 9, 2]), new([1, 6, 4], [3, 3, 3, 2], [2]), new([1], [4, 2], [10, 11])];

    [Fact]
    public void Sums_are_each_answers_log_probability_in_the_order_asked_for_whatever_the_batch()
    {
        using var model = TinyModels.Create();

        var cached = ReferenceLogProbs.Precompute(model, Pairs, padId: 0, batchSize: 2);

        using var noGrad = no_grad();
        double Alone(int[] prompt, int[] answer)
        {
            using var scope = NewDisposeScope();
            using var row = SequenceBatch.Collate([(prompt, answer)], 0);
            return LogProbs.Sum(LogProbs.PerToken(model.Forward(row.Ids), row.Ids), row.CompletionMask[.., 1..]).item<float>();
        }
        int[] order = [2, 0, 1, 2];
        var (chosen, rejected) = cached.Sums(order, ScalarType.Float64);
        for (var i = 0; i < order.Length; i++)
        {
            var pair = Pairs[order[i]];
            Assert.Equal(Alone(pair.Prompt, pair.Chosen), chosen[i].item<double>(), 4);
            Assert.Equal(Alone(pair.Prompt, pair.Rejected), rejected[i].item<double>(), 4);
        }
        Assert.False(chosen.requires_grad);
    }
}
