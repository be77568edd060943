using ResearchKit.Calibration;

namespace ResearchKit.Tests.Calibration;

public sealed class PlattCalibratorTests
{
    [Fact]
    public void It_finds_slope_and_shift_of_a_logistic_source()
    {
        var (scores, outcomes) = Forecasts.Scores(31, 50_000, 2, s => 0.5 * s - 1);
        var fitted = PlattCalibrator.Fit(scores, outcomes);

        Assert.Equal(0.5, fitted.Slope, 0.03);
        Assert.Equal(-1, fitted.Intercept, 0.05);
    }

    [Fact]
    public void At_the_optimum_the_smoothed_targets_and_the_probabilities_have_the_same_sums()
    {
        double[] scores = [-2, -1, 0.5, 1, 3];
        bool[] outcomes = [false, true, false, true, true];
        var p = PlattCalibrator.Fit(scores, outcomes).Apply(scores);
        double[] targets = [1 / 4.0, 4 / 5.0, 1 / 4.0, 4 / 5.0, 4 / 5.0];

        Assert.Equal(targets.Sum(), p.Sum(), 6);
        Assert.Equal(targets.Zip(scores, (t, s) => t * s).Sum(), p.Zip(scores, (t, s) => t * s).Sum(), 6);
    }

    [Fact]
    public void Scores_that_rank_the_wrong_way_get_one_probability()
    {
        var fitted = PlattCalibrator.Fit([-2, -1, 1, 2], [true, true, false, false]);

        Assert.Equal(0, fitted.Slope);
        Assert.Equal(0.5, fitted.Apply(7), 6);
    }

    [Fact]
    public void Data_that_can_be_separated_has_a_finite_fit()
    {
        var fitted = PlattCalibrator.Fit([-1, 1], [false, true]);

        Assert.Equal(2 / 3.0, fitted.Apply(1), 6); // Platt's target for a single right answer
    }
}
