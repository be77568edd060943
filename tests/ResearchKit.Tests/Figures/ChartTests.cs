using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class ChartTests
{
    public static TheoryData<string, Func<Figure>> Faults => new()
    {
        { "figure 't': there is no curve to draw; give at least one.", () => Chart.Curves("t", X, X, []) },
        { "figure 't', curve 'c': Y has 1 values, the abscissa has 2; they must be as many.", () => Chart.Curves("t", X, X, [new Curve("c", [0, 1], [1])]) },
        { "figure 't', curve 'c': Low and High go together; only Low is given.", () => Chart.Curves("t", X, X, [new Curve("c", [0], [1], Low: [0])]) },
        { "figure 't', curve 'c': High has 2 values, the abscissa has 1; they must be as many.", () => Chart.Frontier("t", X, X, [new Curve("c", [0], [1], [0], [1, 2])]) },
        { "figure 't', curve 'c': 0 at point 1 cannot stand on the logarithmic axis 'x'.", () => Chart.Frontier("t", X with { Log = true }, X, [new Curve("c", [1, 0], [1, 1])]) },
        { "figure 't': 1 of 2 bars have a group; either all have one or none.", () => Chart.Bars("t", X, [new Bar("a", 1), new Bar("b", 1, Group: "g")]) },
        { "figure 't', sample 's': none of its 1 values is finite.", () => Chart.Histogram("t", X, [new Sample("s", [double.NaN])]) },
        { "figure 't': 0 bins; 1 to 500 can be drawn.", () => Chart.Histogram("t", X, [new Sample("s", [1])], 0) },
        { "figure 't': 1 row and 1 column labels for a 1 x 2 matrix.", () => Chart.HeatMap("t", X, X, new double[1, 2], ["a"], ["r"]) },
        { "figure 't': 1 x 1 cell texts for a 1 x 2 matrix.", () => Chart.HeatMap("t", X, X, new double[1, 2], ["a", "b"], ["r"], new string[1, 1]) },
        { "figure 't', curve 'm': 1.5 is not between 0 and 1, as confidences and accuracies are.", () => Chart.Reliability("t", [new ReliabilityCurve("m", [.5], [1.5], [1])]) },
        { "figure 't', curve 'm': 2 counts for 1 bins.", () => Chart.Reliability("t", [new ReliabilityCurve("m", [.5], [.5], [1, 2])]) },
        { "figure 't': 5 columns of panels; 1 to 4 are readable.", () => Chart.Panels("t", [Gallery.Curves()], 5) },
    };

    private static Axis X => new("x");

    [Theory]
    [MemberData(nameof(Faults))]
    public void Data_that_cannot_be_drawn_is_named(string message, Func<Figure> chart) =>
        Assert.Equal(message, Assert.Throws<FigureException>(chart).Message);

    [Fact]
    public void A_histogram_counts_every_finite_value_once()
    {
        var plot = Assert.IsType<HistogramPlot>(Gallery.Histogram().Plots[0]);

        Assert.Equal([0, .5, 1, 1.5, 2, 2.5, 3], plot.Edges);
        Assert.Equal([0, 0, .25, 0, .5, .25], plot.Samples[0].Shares);
        Assert.Equal(3, plot.Samples[1].Count);
        Assert.All(plot.Samples, s => Assert.Equal(1, s.Shares.Sum(), 12));
    }

    [Fact]
    public void A_band_over_seeds_is_the_mean_and_its_t_interval()
    {
        var curve = SeedBand.Curve("c", [0, 1], [[1, 5], [2, double.NaN], [3, double.NaN]]);

        Assert.Equal([2, 5], curve.Y);
        // t(0.975, 2) = 4.302653, s = 1, n = 3.
        Assert.Equal(2 - 4.302653 / Math.Sqrt(3), curve.Low![0], 5);
        Assert.Equal(2 + 4.302653 / Math.Sqrt(3), curve.High![0], 5);
        Assert.True(double.IsNaN(curve.Low[1]));
        Assert.Null(SeedBand.Curve("c", [0], [[1]]).Low);
        Assert.Throws<FigureException>(() => SeedBand.Curve("c", [0, 1], [[1]]));
    }

    [Fact]
    public void A_figure_in_words_has_title_axes_and_numbers()
    {
        Assert.Equal("""
            Figure: Training loss
              x: step; y: loss (nats)
              method 0: 4 points (0, 3 [2.9, 3.1]) (10, 2 [1.9, 2.1]) (20, 1.5 [1.4, 1.6]) (30, 1 [0.9, 1.1])
              method 1: 4 points (0, 2 [1.9, 2.1]) (10, 2 [1.9, 2.1]) (20, 1.5 [1.4, 1.6]) (30, 1 [0.9, 1.1])
            """, Gallery.Curves().ToString());
        Assert.Equal("""
            Figure: Accuracy
              bars: accuracy
              easy / method 0: 0.5 [0.4, 0.6]
              easy / method 1: 0.6 [0.5, 0.7]
              hard / method 0: 0.3 [0.2, 0.4]
              hard / method 1: 0.4 [0.3, 0.5]
            """, Gallery.Bars().ToString());
        Assert.Equal("""
            Figure: Ratios
              x: token; y: checkpoint
              2 rows x 3 columns: a, b, c
              first: 1, -2, -
              last: 0, 0.5, -0.25
            """, Gallery.HeatMap().ToString());
        Assert.Contains("x: KL (nats), log scale; y: reward", Gallery.Frontier().ToString(), StringComparison.Ordinal);
        Assert.Contains("method 1: 2 points (-2, 0.4) (-1, 0.5)\n  line method 0: 2 points (-3, 0.5) (-1, 0.6)", Gallery.Scatter().ToString(), StringComparison.Ordinal);
        Assert.Contains("model: 10 answers, 2 points", Gallery.Reliability().ToString(), StringComparison.Ordinal);
        Assert.Contains("chosen: 4 values, most (0.5 of them) in [2, 2.5)", Gallery.Histogram().ToString(), StringComparison.Ordinal);
        Assert.Contains("[Reward against KL]", Gallery.Panels().ToString(), StringComparison.Ordinal);
    }
}
