using ResearchKit.Evaluation;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Evaluation;

public sealed class IntervalsTests
{
    [Fact]
    public void The_paired_t_interval_of_Students_sleep_data_is_Rs()
    {
        // R: with(sleep, t.test(extra[group == 2], extra[group == 1], paired = TRUE)) gives 0.7001142 2.4598858, mean 1.58.
        var differences = new PairedDifferences(
            [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4], [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]);

        Assert.Equal(1.58, differences.Mean, 12);
        Assert.Equal(0.7001142, differences.Interval.Low, 7);
        Assert.Equal(2.4598858, differences.Interval.High, 7);
        Assert.Equal((9, 0), (differences.Higher, differences.Lower));
    }

    [Fact]
    public void Five_values_use_the_t_quantile_with_four_degrees_of_freedom()
    {
        // s = √2.5; t(0.975, 4) = 2.776445 (any t table).
        var interval = Intervals.T([1, 2, 3, 4, 5]);

        Assert.Equal(3 - 2.7764451 * Math.Sqrt(2.5 / 5), interval.Low, 6);
        Assert.Equal(3 + 2.7764451 * Math.Sqrt(2.5 / 5), interval.High, 6);
    }

    [Fact]
    public void One_value_says_nothing_about_the_spread_and_none_or_NaN_is_refused()
    {
        var interval = Intervals.T([3]);

        Assert.Equal((double.NegativeInfinity, double.PositiveInfinity), (interval.Low, interval.High));
        Assert.Throws<ArgumentException>(() => Intervals.T([]));
        Assert.Contains("value 1 is NaN", Assert.Throws<ArgumentException>(() => Intervals.T([1, double.NaN])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_t_interval_covers_95_percent_of_five_normal_values_and_the_percentile_bootstrap_84()
    {
        var rng = new Rng(7);
        int runs = 3000, coveredByT = 0, coveredByBootstrap = 0;
        for (var run = 0; run < runs; run++)
        {
            double[] values = [rng.NextNormal(), rng.NextNormal(), rng.NextNormal(), rng.NextNormal(), rng.NextNormal()];
            if (Intervals.T(values) is { Low: < 0, High: > 0 }) coveredByT++;
            if (Intervals.Bootstrap(values, Mean, 400, rng) is { Low: < 0, High: > 0 }) coveredByBootstrap++;
        }

        // Four standard errors of the simulation: 1.6 and 2.7 points.
        Assert.InRange((double)coveredByT / runs, 0.95 - 0.016, 0.95 + 0.016);
        Assert.InRange((double)coveredByBootstrap / runs, 0.84 - 0.027, 0.84 + 0.027);
    }

    [Fact]
    public void The_bootstrap_reads_the_quantiles_of_the_statistic_over_resamples()
    {
        // The mean of two draws from {0, 1} is 0 with probability 1/4 and 1 with 1/4, so the outer quantiles are 0 and 1.
        var interval = Intervals.Bootstrap([0, 1], Mean, 2000, new Rng(1));

        Assert.Equal((0, 1), (interval.Low, interval.High));
    }

    [Fact]
    public void The_same_generator_state_gives_the_same_bootstrap()
    {
        double[] values = [1, 4, 2, 8, 5, 7, 1, 3, 9, 2, 6, 4];

        Assert.Equal(Intervals.Bootstrap(values, InterquartileMean.Of, 500, new Rng(3)), Intervals.Bootstrap(values, InterquartileMean.Of, 500, new Rng(3)));
        Assert.NotEqual(Intervals.Bootstrap(values, InterquartileMean.Of, 500, new Rng(3)), Intervals.Bootstrap(values, InterquartileMean.Of, 500, new Rng(4)));
    }

    [Fact]
    public void The_interquartile_mean_drops_a_quarter_from_each_end_rounded_down()
    {
        // scipy.stats.trim_mean([100, 1, 2, 3, -50, 4], 0.25) cuts one value from each end: (1+2+3+4)/4.
        Assert.Equal(2.5, InterquartileMean.Of([100, 1, 2, 3, -50, 4]), 12);
        Assert.Equal(2, InterquartileMean.Of([1, 2, 3]), 12);
        Assert.Throws<ArgumentException>(() => InterquartileMean.Of([]));
    }

    [Fact]
    public void On_skewed_values_the_studentised_bootstrap_covers_better_than_t_and_percentile()
    {
        var rng = new Rng(9);
        int runs = 1500, byBootstrapT = 0, byT = 0, byPercentile = 0;
        var truth = Math.Exp(0.5);
        bool Covers(Interval interval) => interval.Low <= truth && truth <= interval.High;
        for (var run = 0; run < runs; run++)
        {
            double[] values = [.. Enumerable.Range(0, 40).Select(_ => Math.Exp(rng.NextNormal()))];
            if (Covers(Intervals.BootstrapT(values, 399, rng))) byBootstrapT++;
            if (Covers(Intervals.T(values))) byT++;
            if (Covers(Intervals.Bootstrap(values, Mean, 399, rng))) byPercentile++;
        }

        // Standard error of each share: 0.6 to 0.8 points.
        Assert.InRange(byBootstrapT / (double)runs, 0.91, 0.96);
        Assert.InRange(byT / (double)runs, 0.86, 0.91);
        Assert.InRange(byPercentile / (double)runs, 0.85, 0.91);
        Assert.True(byBootstrapT > Math.Max(byT, byPercentile) + 0.02 * runs);
    }

    [Fact]
    public void The_studentised_bootstrap_of_equal_values_is_a_point_and_of_two_values_the_whole_line()
    {
        Assert.Equal(new Interval(4, 4, "studentised bootstrap"), Intervals.BootstrapT([4, 4, 4], 100, new Rng(1)));
        Assert.Equal(new Interval(double.NegativeInfinity, double.PositiveInfinity, "studentised bootstrap"), Intervals.BootstrapT([1, 2], 200, new Rng(1)));
    }

    private static double Mean(double[] values) => values.Average();
}
