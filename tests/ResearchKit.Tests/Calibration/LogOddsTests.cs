using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class LogOddsTests
{
    [Theory]
    [InlineData(0.5, 0)]
    [InlineData(0.9, 2.1972245773362196)]
    [InlineData(1, 13.815509557963774)]
    public void A_probability_goes_there_and_back(double probability, double logOdds)
    {
        Assert.Equal(logOdds, LogOdds.Of(probability), 9);
        Assert.Equal(probability, LogOdds.Probability(logOdds), 5);
    }

    [Fact]
    public void Extreme_scores_stay_probabilities()
    {
        Assert.Equal((0, 1, 0.5), (LogOdds.Probability(-1e6), LogOdds.Probability(1e6), LogOdds.Probability(0)));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogOdds.Of(1.1));
    }
}
