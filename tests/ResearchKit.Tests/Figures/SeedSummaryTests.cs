using ResearchKit.Evaluation;
using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class SeedSummaryTests
{
    private static readonly double[] Seeds = [0.40, 0.50, 0.60];

    [Fact]
    public void A_bar_and_a_cell_show_the_mean_and_its_t_interval()
    {
        // t(0.975, 2) = 4.302653, s = 0.1: half of the interval is 0.2484.
        var bar = SeedBar.Of("DPO", Seeds, "task");

        Assert.Equal((0.5, 0.25159, 0.74841), (bar.Value, Math.Round(bar.Low!.Value, 5), Math.Round(bar.High!.Value, 5)));
        Assert.Equal("task", bar.Group);
        Assert.Equal("0.500 ± 0.248", MeanText.Of(Seeds, "F3"));
    }

    [Fact]
    public void One_seed_has_no_interval()
    {
        Assert.Equal(new Bar("DPO", 0.5), SeedBar.Of("DPO", [0.5]));
        Assert.Equal("0.50", MeanText.Of([0.5]));
        Assert.Throws<ArgumentException>(() => MeanText.Of([]));
    }

    [Fact]
    public void Smoothing_is_the_mean_of_what_came_before_and_thinning_keeps_both_ends()
    {
        var curve = new Curve("loss", [1, 2, 3, 4, 5], [8, 4, 2, 2, 6]);

        Assert.Equal([8, 6, 3, 2, 4], curve.Smoothed(2).Y);
        var thin = curve.Thinned(3);
        Assert.Equal([1, 3, 5], thin.X);
        Assert.Equal([8, 2, 6], thin.Y);
        Assert.Same(curve, curve.Thinned(5));
    }
}
