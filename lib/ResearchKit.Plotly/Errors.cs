namespace ResearchKit.Plotly;

/// <summary>Error bars from an interval's ends; Plotly wants the distances to them.</summary>
internal static class Errors
{
    internal static DynamicObj.DynamicObj? Bars(double[] values, double[]? low, double[]? high, string colour) =>
        low is null || high is null ? null : Dyn.Of(
            ("type", "data"), ("symmetric", false),
            ("array", Dyn.Numbers(values.Zip(high, (v, h) => h - v))), ("arrayminus", Dyn.Numbers(values.Zip(low, (v, l) => v - l))),
            ("color", colour), ("thickness", 1.6), ("width", 4));
}
