using System.Globalization;
using ResearchKit.Training;

namespace ResearchKit.Figures;

/// <summary>A training run's numbers as a table: per column the first and the last value and the range between.</summary>
public static class HistoryTable
{
    /// <summary>A row per column, in the order in which they first appeared.</summary>
    public static ResultTable Of(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var title = history.Steps.Count == 0 ? "History of no steps" : FormattableString.Invariant($"History of {history.Steps.Count} steps{(history.Stopped ? ", stopped before its end" : "")}");
        return ResultTable.From(title, history.Columns, "",
            ("column", column => column),
            ("first", column => Number(history[column].FirstOrDefault(double.IsFinite, double.NaN))),
            ("last", column => Number(history.Last(column))),
            ("lowest", column => Number(history[column].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Min())),
            ("highest", column => Number(history[column].Where(double.IsFinite).DefaultIfEmpty(double.NaN).Max())));
    }

    private static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
