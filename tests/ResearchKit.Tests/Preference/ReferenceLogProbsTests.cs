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
    public void Values_are_the_summed_log_probabilities_of_each_answer_whatever_the_batch()
    {
        using var model = TinyModels.Create();

        var cached = ReferenceLogProbs.Compute(model, Pairs, padId: 0, batchSize: 2);

        using var noGrad = no_grad();
        double Alone(int[] prompt, int[] answer)
        {
            using var scope = NewDisposeScope();
            using var row = SequenceBatch.Collate([(prompt, answer)], 0);
            return LogProbs.Sum(LogProbs.PerToken(model.Forward(row.Ids), row.Ids), row.CompletionMask[.., 1..]).item<float>();
        }
        for (var i = 0; i < Pairs.Length; i++)
        {
            Assert.Equal(Alone(Pairs[i].Prompt, Pairs[i].Chosen), cached.Chosen[i], 4);
            Assert.Equal(Alone(Pairs[i].Prompt, Pairs[i].Rejected), cached.Rejected[i], 4);
        }
    }

    [Fact]
    public void Indices_pick_pairs_in_the_order_asked_for_and_no_gradient_comes_along()
    {
        var cached = new ReferenceLogProbs([-1, -2, -3], [-4, -5, -6]);

        var (chosen, rejected) = cached.At([2, 0, 2], ScalarType.Float64);

        Assert.Equal([-3, -1, -3], chosen.data<double>().ToArray());
        Assert.Equal([-6, -4, -6], rejected.data<double>().ToArray());
        Assert.False(chosen.requires_grad);
    }
}
