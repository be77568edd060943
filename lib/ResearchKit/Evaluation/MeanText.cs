using System.Globalization;

namespace ResearchKit.Evaluation;

/// <summary>A mean over seeds as a table's cell shows it: <c>0.52 ± 0.03</c>.</summary>
public static class MeanText
{
    /// <summary>The mean and half of its 95 % Student t interval; of a single value the value alone.</summary>
    /// <param name="values">One value per seed, finite.</param>
    /// <param name="format">The numbers' format, such as "F3".</param>
    public static string Of(IReadOnlyList<double> values, string format = "F2")
    {
        ArgumentNullException.ThrowIfNull(values);
        var interval = Intervals.T(values);
        string Text(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        var mean = values.Average();
        return values.Count == 1 ? Text(mean) : $"{Text(mean)} ± {Text(interval.High - mean)}";
    }
}
