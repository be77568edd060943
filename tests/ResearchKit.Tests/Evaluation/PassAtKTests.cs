using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class PassAtKTests
{
    [Fact]
    public void It_is_the_share_of_k_subsets_that_hold_a_right_sample()
    {
        // n = 6, c = 2, k = 3: of 20 subsets 4 hold none of the two.
        Assert.Equal(1 - 4 / 20.0, PassAtK.Of(6, 2, 3), 1e-12);
        Assert.Equal((0.8 + 0) / 2, PassAtK.Mean([(6, 2), (6, 0)], 3), 1e-12);
    }

    [Fact]
    public void Impossible_counts_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Of(3, 4, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => PassAtK.Of(3, 1, 0));
        Assert.Throws<ArgumentException>(() => PassAtK.Mean([], 1));
    }
}
