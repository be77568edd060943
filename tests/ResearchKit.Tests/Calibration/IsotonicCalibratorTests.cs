using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class IsotonicCalibratorTests
{
    [Fact]
    public void Violators_are_pooled_and_equal_scores_share_a_value()
    {
        // By hand: 0 | 1 0 -> 1/2 | (score 4 twice: 1 0) -> 1/2 joins | 1
        var fitted = IsotonicCalibrator.Fit([1, 2, 3, 4, 4, 5], [false, true, false, true, false, true]);

        Assert.Equal([0, 0.5, 0.5, 0.5, 1], fitted.Apply([1, 2, 3, 4, 5]));
    }

    [Fact]
    public void Between_blocks_lies_a_straight_line_and_outside_the_nearest_value()
    {
        var fitted = IsotonicCalibrator.Fit([0, 1], [false, true]);

        Assert.Equal([0, 0, 0.25, 1, 1], fitted.Apply([-9, 0, 0.25, 1, 9]));
    }

    [Fact]
    public void No_monotone_map_of_the_data_has_a_lower_squared_error()
    {
        var (scores, outcomes) = Forecasts.Scores(51, 500, 2, s => s * s - 2);
        var best = BrierScore.Of(IsotonicCalibrator.Fit(scores, outcomes).Apply(scores), outcomes);

        foreach (var (_, fit) in Forecasts.Fits) Assert.True(best <= BrierScore.Of(fit(scores, outcomes).Apply(scores), outcomes) + 1e-12);
    }
}
