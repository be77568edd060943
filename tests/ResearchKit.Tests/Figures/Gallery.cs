using System.Text.Json.Nodes;
using ResearchKit.Figures;

namespace ResearchKit.Tests.Figures;

/// <summary>One small figure of each kind.</summary>
internal static class Gallery
{
    internal static readonly double[] Steps = [0, 10, 20, 30];

    internal static Figure Curves(int count = 2) => Chart.Curves(
        "Training loss", new Axis("step"), new Axis("loss", "nats"),
        [.. Enumerable.Range(0, count).Select(k => new Curve($"method {k}", Steps, [3 - k, 2, 1.5, 1], [2.9 - k, 1.9, 1.4, .9], [3.1 - k, 2.1, 1.6, 1.1]))]);

    internal static Figure Frontier() => Chart.Frontier(
        "Reward against KL", new Axis("KL", "nats", Log: true), new Axis("reward"),
        [new Curve("method 0", [.1, 1, 10], [.2, .5, .6], [.1, .4, .5], [.3, .6, .7], [.09, .9, 9], [.11, 1.1, 11]), new Curve("method 1", [.2, 2], [.3, .6])]);

    internal static Figure Scatter() => Chart.Scatter("Win against likelihood", new Axis("likelihood", "nats"), new Axis("win"),
        [new Curve("method 0", [-3, -2, -1], [.5, .8, .6]), new Curve("method 1", [-2, -1], [.4, .5])], [new Curve("method 0", [-3, -1], [.5, .6]), new Curve("all", [-3, -1], [.4, .6])]);

    internal static Figure Bars() => Chart.Bars("Accuracy", new Axis("accuracy", Max: 1),
        [new Bar("method 0", .5, .4, .6, "easy"), new Bar("method 1", .6, .5, .7, "easy"), new Bar("method 0", .3, .2, .4, "hard"), new Bar("method 1", .4, .3, .5, "hard")]);

    internal static Figure Histogram() => Chart.Histogram("Rewards", new Axis("reward"), [new Sample("chosen", [1, 2, 2, 3]), new Sample("rejected", [0, 1, 1, double.NaN])], bins: 6);

    internal static Figure HeatMap() => Chart.HeatMap(
        "Ratios", new Axis("token"), new Axis("checkpoint"), new double[,] { { 1, -2, double.NaN }, { 0, .5, -.25 } }, ["a", "b", "c"], ["first", "last"], diverging: true);

    internal static Figure Reliability() => Chart.Reliability(
        "Reliability", [new ReliabilityCurve("model", [.1, .5, .9], [.2, double.NaN, .8], [4, 0, 6], [.1, double.NaN, .7], [.3, double.NaN, .9])]);

    internal static Figure Panels() => Chart.Panels("All", [Curves(), Frontier(), Bars(), Histogram()]);

    internal static Figure Of(string kind) => kind switch
    {
        "curves" => Curves(),
        "frontier" => Frontier(),
        "scatter" => Scatter(),
        "bars" => Bars(),
        "histogram" => Histogram(),
        "heat map" => HeatMap(),
        "reliability" => Reliability(),
        _ => Panels(),
    };

    internal static JsonObject Draw(Figure figure) => JsonNode.Parse(PlotlyBridge.Json(figure))!.AsObject();

    internal static JsonObject[] Traces(Figure figure) => [.. Draw(figure)["data"]!.AsArray().Select(t => t!.AsObject())];
}
