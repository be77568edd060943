using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

public sealed class PlotlyTests
{
    [Theory]
    [InlineData("curves", 4, "Training loss", "step", "loss (nats)")]
    [InlineData("frontier", 2, "Reward against KL", "KL (nats)", "reward")]
    [InlineData("scatter", 4, "Win against likelihood", "likelihood (nats)", "win")]
    [InlineData("bars", 2, "Accuracy", null, "accuracy")]
    [InlineData("histogram", 2, "Rewards", "reward", "share of values per bin")]
    [InlineData("heat map", 1, "Ratios", "token", "checkpoint")]
    [InlineData("reliability", 2, "Reliability", "confidence", "accuracy")]
    [InlineData("panels", 10, "All", "step", "loss (nats)")]
    public void Every_kind_draws_its_traces_title_and_axes_with_units(string kind, int traces, string title, string? x, string y)
    {
        var figure = Gallery.Draw(Gallery.Of(kind));

        Assert.Equal(traces, figure["data"]!.AsArray().Count);
        Assert.Equal($"<b>{title}</b>", figure["layout"]!["title"]!["text"]!.GetValue<string>());
        Assert.Equal(x, figure["layout"]!["xaxis"]!["title"]?["text"]!.GetValue<string>());
        Assert.Equal(y, figure["layout"]!["yaxis"]!["title"]!["text"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("curves")]
    [InlineData("frontier")]
    [InlineData("scatter")]
    [InlineData("bars")]
    [InlineData("histogram")]
    [InlineData("heat map")]
    [InlineData("reliability")]
    [InlineData("panels")]
    public void The_same_figure_gives_the_same_bytes_and_only_JSON_numbers(string kind)
    {
        var first = PlotlyBridge.Json(Gallery.Of(kind));

        Assert.Equal(first, PlotlyBridge.Json(Gallery.Of(kind)));
        Assert.DoesNotContain("NaN", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Infinity", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("curves")]
    [InlineData("heat map")]
    [InlineData("panels")]
    public void No_text_is_smaller_than_twelve_pixels_and_the_figure_has_notebook_width(string kind)
    {
        var figure = Gallery.Draw(Gallery.Of(kind));

        var sizes = Regex.Matches(figure["layout"]!.ToJsonString(), "\"font\":\\{[^}]*\"size\":(\\d+)").Select(m => int.Parse(m.Groups[1].Value));
        Assert.All(sizes, size => Assert.InRange(size, 12, 20));
        Assert.Equal(800, figure["layout"]!["width"]!.GetValue<int>());
        Assert.InRange(figure["layout"]!["height"]!.GetValue<int>(), 150, 1200);
    }

    [Fact]
    public void Scattered_points_are_not_joined_and_a_line_has_its_clouds_colour_and_no_second_legend_entry()
    {
        var traces = Gallery.Traces(Gallery.Scatter());

        Assert.Equal(["markers", "markers", "lines", "lines"], traces.Select(t => t["mode"]!.GetValue<string>()));
        Assert.Equal([true, true, false, true], traces.Select(t => t["showlegend"]!.GetValue<bool>()));
        Assert.Equal(traces[0]["marker"]!["color"]!.GetValue<string>(), traces[2]["line"]!["color"]!.GetValue<string>());
        Assert.NotEqual(traces[1]["marker"]!["color"]!.GetValue<string>(), traces[3]["line"]!["color"]!.GetValue<string>());
    }

    [Fact]
    public void Eight_curves_have_eight_colours_and_neighbours_differ_in_dash_too()
    {
        var lines = Gallery.Traces(Gallery.Curves(8)).Where(t => t["fill"] is null).Select(t => t["line"]!).ToArray();

        Assert.Equal(8, lines.Select(l => l["color"]!.GetValue<string>()).Distinct().Count());
        Assert.Equal(6, lines.Take(6).Select(l => l["dash"]!.GetValue<string>()).Distinct().Count());
    }

    [Fact]
    public void A_name_has_one_colour_and_one_legend_entry_in_all_panels()
    {
        var traces = Gallery.Traces(Gallery.Panels()).Where(t => t["name"]!.GetValue<string>() == "method 1" && t["fill"] is null).ToArray();
        var colours = traces.Select(t => t["line"]?["color"] ?? t["marker"]!["color"]!)
            .Select(c => c is JsonArray many ? many[0]!.GetValue<string>() : c.GetValue<string>());

        Assert.Single(traces, t => t["showlegend"]!.GetValue<bool>());
        Assert.Equal(["#D55E00"], colours.Distinct());
    }

    [Fact]
    public void A_gap_in_a_curve_is_null_and_splits_its_band()
    {
        var figure = Chart.Curves("t", new Axis("x"), new Axis("y"),
            [new Curve("c", [0, 1, 2, 3, 4], [1, 2, double.NaN, 4, 5], [0, 1, double.NaN, 3, 4], [2, 3, double.NaN, 5, 6])]);
        var traces = Gallery.Traces(figure);

        Assert.Equal("[0,1,1,0,null,3,4,4,3]", Regex.Replace(traces[0]["x"]!.ToJsonString(), "\\.0\\b", ""));
        Assert.Equal("[1,2,null,4,5]", Regex.Replace(traces[1]["y"]!.ToJsonString(), "\\.0\\b", ""));
    }

    [Fact]
    public void A_frontier_has_error_bars_both_ways_and_plain_numbers_on_its_log_axis()
    {
        var figure = Gallery.Draw(Gallery.Frontier());
        var trace = figure["data"]![0]!;

        Assert.Equal("lines+markers", trace["mode"]!.GetValue<string>());
        Assert.Equal(0.01, trace["error_x"]!["arrayminus"]![0]!.GetValue<double>(), 6);
        Assert.Equal(0.1, trace["error_y"]!["array"]![0]!.GetValue<double>(), 6);
        Assert.Null(figure["data"]![1]!["error_x"]);
        Assert.Equal("log", figure["layout"]!["xaxis"]!["type"]!.GetValue<string>());
        Assert.Contains("0.2", figure["layout"]!["xaxis"]!["ticktext"]!.AsArray().Select(t => t!.GetValue<string>()));
    }

    [Fact]
    public void A_diverging_map_has_zero_in_the_middle_and_writes_only_text_that_fits()
    {
        var wide = Gallery.Traces(Gallery.HeatMap())[0];
        var narrow = Gallery.Traces(Chart.HeatMap(
            "t", new Axis("x"), new Axis("y"), new double[1, 14], [.. Enumerable.Repeat("c", 14)], ["r"], CellText(14, "a long text in a cell")))[0];

        Assert.Equal((-2, 2), (wide["zmin"]!.GetValue<double>(), wide["zmax"]!.GetValue<double>()));
        Assert.Equal("-0.25", wide["text"]![1]![2]!.GetValue<string>());
        Assert.Null(wide["z"]![0]![2]);
        Assert.Null(narrow["text"]);
    }

    [Fact]
    public void More_bars_than_colours_have_one_colour()
    {
        var trace = Gallery.Traces(Chart.Bars("t", new Axis("v"), [.. Enumerable.Range(0, 9).Select(i => new Bar($"b{i}", i))])).Single();

        Assert.Single(trace["marker"]!["color"]!.AsArray().Select(c => c!.GetValue<string>()).Distinct());
    }

    [Fact]
    public void Tokens_that_repeat_keep_columns_of_their_own()
    {
        var figure = Gallery.Draw(Chart.HeatMap("t", new Axis("x"), new Axis("y"), new double[,] { { 1, 2, 3 } }, ["the", "cat", "the"], ["r"]));

        Assert.Equal(["the", "cat", "the"], figure["layout"]!["xaxis"]!["ticktext"]!.AsArray().Select(t => t!.GetValue<string>()));
        Assert.Equal([0, 1, 2], figure["layout"]!["xaxis"]!["tickvals"]!.AsArray().Select(t => t!.GetValue<int>()));
        Assert.Equal("r, the: 3", figure["data"]![0]!["hovertext"]![0]![2]!.GetValue<string>());
    }

    [Fact]
    public void A_reliability_diagram_has_the_identity_line_and_leaves_empty_bins_out()
    {
        var figure = Gallery.Draw(Gallery.Reliability());
        var line = figure["layout"]!["shapes"]![0]!;

        Assert.Equal((0.0, 1.0, 0.0, 1.0), (Value(line, "x0"), Value(line, "x1"), Value(line, "y0"), Value(line, "y1")));
        Assert.Equal(2, figure["data"]![0]!["x"]!.AsArray().Count);
        Assert.Equal(3, figure["data"]![1]!["y"]!.AsArray().Count);
    }

    [Fact]
    public void Nothing_of_Plotly_or_FSharp_is_referenced_by_the_library()
    {
        var references = typeof(Figure).Assembly.GetReferencedAssemblies().Select(a => a.Name!);

        Assert.DoesNotContain(references, name => name.Contains("Plotly", StringComparison.Ordinal) || name.Contains("FSharp", StringComparison.Ordinal) || name.Contains("Interactive", StringComparison.Ordinal));
    }

    [Fact]
    public void The_script_is_the_version_that_Plotly_NET_writes_for()
    {
        Assert.Equal("2.28.0", PlotlyBridge.ScriptVersion());
        Assert.Contains("plotly.js v2.28.0", PlotlyBridge.Script()[..200], StringComparison.Ordinal);
    }

    private static double Value(JsonNode node, string name) => node[name]!.GetValue<double>();

    private static string[,] CellText(int columns, string text)
    {
        var cells = new string[1, columns];
        for (var c = 0; c < columns; c++) cells[0, c] = text;
        return cells;
    }
}
