using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class PairTermsTests
{
    [Fact]
    public void Any_loss_is_one_line_from_a_batch_and_DPO_is_the_whole_objectives()
    {
        using var scope = NewDisposeScope();
        using var batch = PairBatch.Collate([new([1, 2], [3, 4, 5], [6]), new([1], [2], [3, 4])], padId: 0);
        var (policy, reference) = (Vectors.Normal(1, 4, 5, 7), Vectors.Normal(2, 4, 5, 7));

        var terms = PairTerms.Of(policy, batch, LogProbs.PerToken(reference, batch.Ids));

        Assert.Equal(
            DpoFromLogits.Compute(policy, reference, batch, 0.1).Pairs.Losses.Values(),
            Dpo(terms), (one, two) => Math.Abs(one - two) < 1e-12);
        Vectors.AssertClose([[3, 1], [1, 2]], [terms.ChosenLengths.@double().Values(), terms.RejectedLengths.@double().Values()], 0);
        Vectors.AssertClose([(terms.ChosenLogProb / terms.ChosenLengths).Values()], [terms.ChosenMeanLogProb.Values()], 1e-14);
        Vectors.AssertClose([(terms.RejectedLogProb / terms.RejectedLengths).Values()], [terms.RejectedMeanLogProb.Values()], 1e-14);
    }

    [Fact]
    public void Log_ratios_without_a_reference_are_refused_by_name()
    {
        using var scope = NewDisposeScope();
        using var batch = PairBatch.Collate([new([1], [2], [3])], padId: 0);
        var terms = PairTerms.Of(Vectors.Normal(1, 2, 2, 4), batch);

        Assert.Contains("PairTerms.Of", Assert.Throws<InvalidOperationException>(() => terms.ChosenLogRatio).Message, StringComparison.Ordinal);
    }

    private static double[] Dpo(PairTerms terms) =>
        FDivergenceDpoLoss.Compute(terms.ChosenLogRatio, terms.RejectedLogRatio, 0.1, DivergenceKind.ReverseKl).Losses.Values();
}
