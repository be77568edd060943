using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class BetaCalibratorTests
{
    [Fact]
    public void It_bends_the_two_ends_differently_where_Platt_cannot()
    {
        // q = σ(s) is right with odds q²/(1 − q)^½: a = 2, b = 1/2.
        static double Truth(double s) => 2 * Math.Log(LogOdds.Probability(s)) - 0.5 * Math.Log(1 - LogOdds.Probability(s));
        var (scores, outcomes) = Forecasts.Scores(41, 60_000, 2, Truth);
        var beta = BetaCalibrator.Fit(scores, outcomes);

        Assert.Equal(2, beta.A, 0.15);
        Assert.Equal(0.5, beta.B, 0.1);
        Assert.Equal(0, beta.C, 0.1);
        Assert.True(
            NegativeLogLikelihood.Of(beta.Apply(scores), outcomes) < NegativeLogLikelihood.Of(PlattCalibrator.Fit(scores, outcomes).Apply(scores), outcomes));
    }

    [Fact]
    public void A_negative_slope_is_set_to_zero()
    {
        // Right more often at both ends than in the middle: no monotone map follows it.
        var fitted = BetaCalibrator.Fit([-4, -3, -0.1, 0.1, 3, 4], [true, true, false, false, true, true]);

        Assert.True(fitted.A >= 0 && fitted.B >= 0);
        Assert.True(fitted.A == 0 || fitted.B == 0);
    }
}
