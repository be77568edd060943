using ResearchKit.Reward;

namespace ResearchKit.Tests.Reward;

public sealed class BestWorstMinerTests
{
    private static readonly int[][] Answers = [[1], [2], [3]];

    [Fact]
    public void The_best_answer_is_chosen_and_the_worst_rejected()
    {
        var pair = Assert.Single(BestWorstMiner.Pairs([[9]], [Answers], [[0.5, -1, 2]]));

        Assert.Equal(new[] { 9, 3, 2 }, new[] { pair.Prompt[0], pair.Chosen[0], pair.Rejected[0] });
    }

    [Fact]
    public void Ties_and_small_gaps_give_no_pair()
    {
        Assert.Empty(BestWorstMiner.Pairs([[9]], [Answers], [[1, 1, 1]]));
        Assert.Empty(BestWorstMiner.Pairs([[9]], [Answers], [[1, 1.5, 2]], minimumGap: 1));
        Assert.Single(BestWorstMiner.Pairs([[9]], [Answers], [[1, 1.5, 2.1]], minimumGap: 1));
    }

    [Fact]
    public void A_group_that_cannot_be_ranked_is_named()
    {
        var message = Assert.Throws<ArgumentException>(() => BestWorstMiner.Pairs([[8], [9]], [Answers, Answers], [[1, 2, 3], [1, double.NaN, 2]])).Message;
        Assert.Contains("prompt 1 has 3 answers and 3 rewards", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BestWorstMiner.Pairs([[9]], [], [[1, 2]]));
    }
}
