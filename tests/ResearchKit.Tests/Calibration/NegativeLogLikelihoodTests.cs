using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class NegativeLogLikelihoodTests
{
    [Fact]
    public void It_is_the_mean_surprise()
    {
        Assert.Equal((Math.Log(2) + Math.Log(4)) / 2, NegativeLogLikelihood.Of([.5, .75], [true, false]), 12);
        Assert.Equal(0, NegativeLogLikelihood.Of([1, 0], [true, false]));
        Assert.Equal(1e-20, NegativeLogLikelihood.Of([1e-20], [false]), 1e-26);
    }

    [Fact]
    public void A_wrong_certainty_is_infinitely_bad() => Assert.Equal(double.PositiveInfinity, NegativeLogLikelihood.Of([0.9, 0], [true, true]));
}
