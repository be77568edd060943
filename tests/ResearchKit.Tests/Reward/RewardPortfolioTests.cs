using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class RewardPortfolioTests
{
    private static readonly Tensor Rule = tensor([1.0, 0, 1, 1], [2, 2]), Constant = tensor([0.5, 0.5, 0, 0], [2, 2]);

    [Fact]
    public void The_total_is_the_weighted_sum_and_each_part_is_accounted_for()
    {
        var portfolio = RewardPortfolio.Of(new RewardComponent("rule", Rule, 2), new RewardComponent("format", Constant));

        Assert.Equal([2.5, 0.5, 2, 2], portfolio.Total.Values());
        Assert.Equal(new ComponentStatistics("rule", 2, 0.75, 0.5), portfolio.Components[0]);
        Assert.Equal(new ComponentStatistics("format", 1, 0.25, 0), portfolio.Components[1]);
    }

    [Fact]
    public void A_part_that_spoils_the_sum_is_named()
    {
        Assert.Contains("'bad' has weight 1", Assert.Throws<ArgumentException>(() => RewardPortfolio.Of(new RewardComponent("bad", Rule / 0 - Rule / 0))).Message, StringComparison.Ordinal);
        Assert.Contains("two components are called 'a'", Assert.Throws<ArgumentException>(() => RewardPortfolio.Of(new RewardComponent("a", Rule), new RewardComponent("a", Rule))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RewardPortfolio.Of(new RewardComponent("a", Rule), new RewardComponent("b", zeros(2, 3))));
    }
}
