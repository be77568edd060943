using CsCheck;
using ResearchKit.Calibration;
using ResearchKit.Tests.Preference;

namespace ResearchKit.Tests.Calibration;

public sealed class BrierScoreTests
{
    private static readonly Gen<(double, bool)[]> Any = Gen.Select(Gen.Double[0, 1], Gen.Bool).Array[1, 60];

    [Fact]
    public void Its_parts_add_up_over_distinct_forecasts_and_over_bins() => Any.Holds(200, answers =>
    {
        double[] exact = [.. answers.Select(a => a.Item1)], tenths = [.. exact.Select(c => Math.Round(c, 1))];
        bool[] correct = [.. answers.Select(a => a.Item2)];

        Assert.Equal(BrierScore.Of(tenths, correct), BrierScore.Decompose(tenths, correct).Score, 12);
        Assert.Equal(0, BrierScore.Decompose(tenths, correct).Within, 12);
        Assert.Equal(BrierScore.Of(exact, correct), BrierScore.Decompose(exact, correct, 7).Score, 12);
    });

    [Fact]
    public void A_calibrated_source_has_no_reliability_term_and_an_ignorant_one_no_resolution()
    {
        var (confidence, correct) = Forecasts.Draw(7, 200_000, q => q);
        var calibrated = BrierScore.Decompose([.. confidence.Select(c => Math.Floor(c * 5) / 5 + 0.1)], correct);
        Assert.InRange(calibrated.Reliability, 0, 1e-4);
        Assert.Equal(0.08, calibrated.Resolution, 2); // the variance of .1, .3, .5, .7, .9
        Assert.Equal(0.25, calibrated.Uncertainty, 3);

        Assert.Equal(0, BrierScore.Decompose([.3, .3, .3], [true, false, true]).Resolution, 12);
    }

    [Fact]
    public void Certainty_costs_nothing_when_right_and_one_when_wrong()
    {
        Assert.Equal(0, BrierScore.Of([1, 0], [true, false]));
        Assert.Equal(1, BrierScore.Of([0, 1], [true, false]));
    }
}
