using ResearchKit.Calibration;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Calibration;

public sealed class SplitConformalTests
{
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.25)]
    public void Coverage_is_nominal_whatever_the_scores_mean(double miscoverage)
    {
        // Exchangeable and without ties: the mean coverage is ⌈(n+1)(1−α)⌉/(n+1) exactly.
        const int n = 60;
        var rng = new Rng(71);
        var covered = Enumerable.Range(0, 20_000).Count(_ =>
        {
            double[] strangeness = [.. Enumerable.Range(0, n + 1).Select(_ => Math.Exp(rng.NextNormal()))];
            return SplitConformal.Fit(strangeness[..n], miscoverage).Accepts(strangeness[n]);
        });

        Assert.Equal(Math.Ceiling((n + 1) * (1 - miscoverage)) / (n + 1), covered / 20_000.0, 0.01);
    }

    [Fact]
    public void A_badly_calibrated_model_pays_with_larger_sets_not_with_coverage()
    {
        var (confidence, correct) = Forecasts.Draw(72, 40_000, q => 0.5 + 0.2 * (q - 0.5));
        var sets = SplitConformal.Fit(confidence[..20_000], correct[..20_000], 0.1);
        var new20 = confidence[20_000..].Zip(correct[20_000..]).Select(x => (Set: sets.Set(x.First), x.Second)).ToArray();

        Assert.Equal(0.9, new20.Average(x => x.Second ? (x.Set.Yes ? 1.0 : 0) : x.Set.No ? 1 : 0), 0.01);
        Assert.InRange(new20.Average(x => x.Set is (true, true) ? 1.0 : 0), 0.7, 0.9);
    }

    [Fact]
    public void Too_few_values_accept_everything()
    {
        Assert.Equal(double.PositiveInfinity, SplitConformal.Fit([1, 2, 3], 0.1).Threshold);
        Assert.Equal(3, SplitConformal.Fit([3, 1, 2], 0.25).Threshold);
        Assert.Throws<ArgumentOutOfRangeException>(() => SplitConformal.Fit([1], 0));
    }
}
