using System.Globalization;
using Microsoft.Data.Analysis;
using ResearchKit.Figures;

namespace ResearchKit.Interactive;

/// <summary>A DataFrame as a table: its first rows, numbers short.</summary>
internal static class DataFrames
{
    private const int MaxRows = 20;

    internal static ResultTable Table(DataFrame frame)
    {
        var shown = (int)Math.Min(frame.Rows.Count, MaxRows);
        var rows = Enumerable.Range(0, shown).Select(r => (IReadOnlyList<string>)[.. frame.Columns.Select(c => Cell(c[r]))]).ToArray();
        var title = FormattableString.Invariant($"DataFrame, {frame.Rows.Count} rows x {frame.Columns.Count} columns");
        var names = frame.Columns.Select(c => c.Name).ToArray();
        if (names.Length == 0) return new ResultTable(title, [""], [], "");
        if (frame.Rows.Count > shown) rows = [.. rows, [.. names.Select(_ => "…")]];
        return new ResultTable(title, names, rows, "");
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
