using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>An axis of the description as Plotly's layout object.</summary>
internal static class AxisObject
{
    internal const int VerticalTitleLength = 36;

    /// <summary>"x3" -> "xaxis3".</summary>
    internal static string Name(string reference) => $"{reference[0]}axis{reference[1..]}";

    internal static DynamicObj.DynamicObj Of(Axis axis, PanelCell cell, bool horizontal, LogTicks? ticks = null)
    {
        var result = Dyn.Of(
            ("title", axis.Title.Length == 0 ? null : Dyn.Of(("text", Words.Wrap(axis.Label(), horizontal ? Math.Max(12, cell.Width / 7) : VerticalTitleLength)), ("standoff", 8), ("font", Dyn.Of(("size", Theme.FontSize))))),
            ("anchor", horizontal ? cell.YRef : cell.XRef),
            ("domain", horizontal ? new[] { cell.Left, cell.Right } : [cell.Low, cell.Top]));
        if (ticks is not null) result.With("tickmode", "array").With("tickvals", ticks.Values).With("ticktext", ticks.Texts);
        if (axis.Log) result.With("type", "log");
        if (axis.Min is not null || axis.Max is not null)
            result.With("range", new[] { End(axis.Min, axis.Log), End(axis.Max, axis.Log) });
        return result;
    }

    /// <summary>An axis of numbered places 0, 1, ... with their names; vertical ones begin on top.</summary>
    internal static DynamicObj.DynamicObj Places(Axis axis, PanelCell cell, bool horizontal, string[] names)
    {
        var (first, last) = (-0.5, names.Length - 0.5);
        return Of(axis, cell, horizontal).With("showgrid", false).With("tickmode", "array")
            .With("tickvals", Enumerable.Range(0, names.Length).ToArray()).With("ticktext", names)
            .With("range", horizontal ? new[] { first, last } : [last, first]);
    }

    private static double? End(double? value, bool log) => value is { } v ? (log ? Math.Log10(v) : v) : null;
}
