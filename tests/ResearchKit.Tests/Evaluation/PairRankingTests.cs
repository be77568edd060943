using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class PairRankingTests
{
    [Fact]
    public void A_tie_counts_one_half()
    {
        Assert.Equal(0.625, PairRanking.Of([1, 2, 3, 0], [0, 2, 1, 5]).Accuracy, 15);
        Assert.Equal(0.5, PairRanking.Of([0, 0, 0], [0, 0, 0]).Accuracy);
    }

    [Fact]
    public void Accuracy_and_standardized_margin_do_not_depend_on_the_scores_unit()
    {
        var plain = PairRanking.Of([1, 4, 2], [0, 1, 3]);
        var scaled = PairRanking.Of([10, 40, 20], [0, 10, 30]);

        Assert.Equal(plain.Accuracy, scaled.Accuracy);
        Assert.Equal(10 * plain.MeanMargin, scaled.MeanMargin, 12);
        Assert.Equal(1 / 2.0, plain.StandardizedMargin, 12); // margins 1, 3, -1: mean 1, deviation 2
        Assert.Equal(plain.StandardizedMargin, scaled.StandardizedMargin, 12);
    }

    [Fact]
    public void Scores_that_do_not_pair_up_or_cannot_be_ordered_are_refused()
    {
        Assert.Throws<ArgumentException>(() => PairRanking.Of([1], [1, 2]));
        Assert.Throws<ArgumentException>(() => PairRanking.Of([], []));
        Assert.Contains("pair 1", Assert.Throws<ArgumentException>(() => PairRanking.Of([1, double.NaN], [0, 0])).Message, StringComparison.Ordinal);
    }
}
