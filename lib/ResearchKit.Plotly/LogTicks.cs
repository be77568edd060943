using System.Globalization;
using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>Ticks of a logarithmic axis, in plain numbers; Plotly's own are bare digits in small print.</summary>
internal sealed record LogTicks(double[] Values, string[] Texts)
{
    /// <summary>1, 2, 5 of each decade, or the decades alone where there are many; null for a linear axis.</summary>
    internal static LogTicks? For(Axis axis, IEnumerable<double> data)
    {
        var positive = data.Where(v => double.IsFinite(v) && v > 0).ToArray();
        if (!axis.Log || positive.Length == 0) return null;
        var (low, high) = ((int)Math.Floor(Math.Log10(positive.Min())), (int)Math.Ceiling(Math.Log10(positive.Max())));
        double[] steps = high - low <= 4 ? [1, 2, 5] : [1];
        var values = Enumerable.Range(low, high - low + 1).SelectMany(decade => steps.Select(s => s * Math.Pow(10, decade))).ToArray();
        return new LogTicks(values, [.. values.Select(v => v.ToString("G4", CultureInfo.InvariantCulture))]);
    }
}
