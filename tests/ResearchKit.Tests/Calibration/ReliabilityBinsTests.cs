using ResearchKit.Calibration;
using ResearchKit.Figures;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Calibration;

public sealed class ReliabilityBinsTests
{
    [Fact]
    public void Stated_tenths_fall_into_the_bins_of_the_official_metric()
    {
        double[] tenths = [.. Enumerable.Range(0, 11).Select(c => c / 10.0)];
        var bins = ReliabilityBins.EqualWidth(tenths, [.. tenths.Select(_ => true)]);

        Assert.Equal([1, 1, 2, 0, 1, 2, 1, 0, 1, 2], bins.Select(bin => bin.Count));
    }

    [Fact]
    public void Bins_of_equal_mass_hold_as_many_forecasts_each()
    {
        var (confidence, correct) = Forecasts.Draw(3, 1000, q => q);

        Assert.All(ReliabilityBins.EqualMass([.. confidence.Select(c => c * c * c)], correct, 8), bin => Assert.Equal(125, bin.Count));
    }

    [Fact]
    public void Equal_forecasts_stay_in_one_bin()
    {
        var bins = ReliabilityBins.EqualMass([.7, .7, .7, .7, .2], [true, true, false, true, false], 4);

        Assert.Equal([1, 4], bins.Where(bin => bin.Count > 0).Select(bin => bin.Count));
    }

    [Fact]
    public void The_interval_is_Wilsons_and_covers_the_true_rate_in_95_of_100_draws()
    {
        var bin = new ReliabilityBin(0, 1, 10, .5, .8);
        Assert.Equal(0.4901625, bin.Interval().Low, 6);
        Assert.Equal(0.9433178, bin.Interval().High, 6);

        var rng = new Rng(5);
        var covered = Enumerable.Range(0, 4000).Count(_ =>
        {
            var rate = Enumerable.Range(0, 40).Average(_ => rng.Chance(0.85) ? 1.0 : 0);
            var (low, high) = new ReliabilityBin(0, 1, 40, .5, rate).Interval();
            return low <= 0.85 && 0.85 <= high;
        });
        Assert.InRange(covered / 4000.0, 0.93, 0.97);
    }

    [Fact]
    public void A_curve_shows_every_bin_with_its_interval()
    {
        var curve = ReliabilityBand.Curve("model", ReliabilityBins.EqualWidth([.1, .15, .9], [false, true, true], 2));

        Assert.Equal([2, 1], curve.Counts);
        Assert.Equal(.125, curve.Confidence[0], 12);
        Assert.Equal([.5, 1], curve.Accuracy);
        Assert.All(curve.Low!.Zip(curve.High!), ends => Assert.True(ends.First < ends.Second));
        Chart.Reliability("diagram", [curve]);
    }

    [Fact]
    public void An_empty_bin_has_no_accuracy_and_no_gap()
    {
        var empty = ReliabilityBins.EqualWidth([.9], [true], 2)[0];

        Assert.Equal((0, 0.25, double.NaN, 0.0), (empty.Count, empty.Confidence, empty.Accuracy, empty.Gap));
        Assert.Equal((double.NaN, double.NaN), empty.Interval());
    }
}
