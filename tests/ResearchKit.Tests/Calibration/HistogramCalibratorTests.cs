using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class HistogramCalibratorTests
{
    [Fact]
    public void A_bin_gets_its_share_of_right_answers_and_neighbours_out_of_order_are_merged()
    {
        double[] scores = [1, 2, 3, 4, 5, 6, 7, 8];
        bool[] outcomes = [false, false, true, true, true, false, true, true];

        Assert.Equal([0, 0, .75, .75, .75, .75, 1, 1], HistogramCalibrator.Fit(scores, outcomes, 4).Apply(scores));
        Assert.Equal(3, HistogramCalibrator.Fit(scores, outcomes, 4).Bins);
    }

    [Fact]
    public void Scores_outside_go_into_the_outer_bins()
    {
        var fitted = HistogramCalibrator.Fit([1, 2, 3, 4], [false, false, true, true], 2);

        Assert.Equal((0, 0, 1), (fitted.Apply(-10), fitted.Apply(2.9), fitted.Apply(10)));
    }
}
