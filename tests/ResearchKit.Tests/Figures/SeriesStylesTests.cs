using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class SeriesStylesTests
{
    private static Figure Lines(params string[] names) =>
        Chart.Curves("t", new Axis("x"), new Axis("y"), [.. names.Select(name => new Curve(name, [0, 1], [0, 1]))]);

    [Fact]
    public void A_name_keeps_its_colour_in_every_figure_whatever_stands_beside_it()
    {
        var styles = new SeriesStyles();
        styles.Apply(Lines("DPO", "TDPO1", "TDPO2"));
        var figure = styles.Apply(Lines("TDPO2", "a control", "DPO"));

        Assert.Equal((2, 0), (figure.Styles!["TDPO2"], figure.Styles["DPO"]));
        Assert.Equal(1, figure.Styles["a control"]);
        Assert.Equal(["#009E73", "#D55E00", "#0072B2"], Gallery.Traces(figure).Select(trace => trace["line"]!["color"]!.GetValue<string>()));
    }

    [Fact]
    public void Names_that_met_in_no_figure_may_share_a_style_until_they_meet()
    {
        var styles = new SeriesStyles();
        styles.Apply(Lines("train"));
        styles.Apply(Lines("test"));
        var together = styles.Apply(Lines("train", "test")).Styles!;

        Assert.Equal((0, 1), (together["train"], together["test"]));
        Assert.Equal(together, styles.Apply(Lines("train", "test")).Styles);
    }

    [Fact]
    public void Diverging_maps_of_one_figure_share_their_scale()
    {
        Figure Map(double value) => Chart.HeatMap("m", new Axis("x"), new Axis("y"), new[,] { { value } }, ["a"], ["b"], diverging: true);
        var traces = Gallery.Traces(Chart.Panels("t", [Map(1), Map(-3)]));

        Assert.Equal([(-3.0, 3.0), (-3.0, 3.0)], traces.Select(trace => (trace["zmin"]!.GetValue<double>(), trace["zmax"]!.GetValue<double>())));
    }
}
