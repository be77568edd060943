using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class SliceRankingTests
{
    [Fact]
    public void Each_slice_is_ranked_by_itself_in_the_order_of_first_sight()
    {
        var slices = SliceRanking.Of(["b", "a", "b", "b"], [1, 0, 3, 2], [0, 1, 3, 5]);

        Assert.Equal([("b", 3, 0.5), ("a", 1, 0)], slices.Select(s => (s.Slice, s.Pairs, s.Ranking.Accuracy)));
        Assert.Throws<ArgumentException>(() => SliceRanking.Of(["a"], [1, 2], [1, 2]));
    }
}
