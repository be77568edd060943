namespace ResearchKit.Preference;

/// <summary>One series of a run: the points that were reported, and their trailing mean.</summary>
internal sealed class MetricSeries
{
    private MetricSeries(int[] steps, double[] values, double[] smooth) => (Steps, Values, Smooth) = (steps, values, smooth);

    internal int[] Steps { get; }

    internal double[] Values { get; }

    internal double[] Smooth { get; }

    internal double Last => Smooth[^1];

    internal double First => Smooth[0];

    /// <summary>Null where no step reported the series; NaN marks a step that did not.</summary>
    internal static MetricSeries? Read(IReadOnlyList<int> steps, IReadOnlyDictionary<string, IReadOnlyList<double>> series, string name, double window)
    {
        if (!series.TryGetValue(name, out var values)) return null;
        var kept = Enumerable.Range(0, steps.Count).Where(i => !double.IsNaN(values[i])).ToArray();
        if (kept.Length == 0) return null;
        var reported = kept.Select(i => values[i]).ToArray();
        var width = Math.Max(1, (int)(window * kept.Length));
        var smooth = reported.Select((_, i) => reported[Math.Max(0, i + 1 - width)..(i + 1)].Average()).ToArray();
        return new MetricSeries([.. kept.Select(i => steps[i])], reported, smooth);
    }

    /// <summary>The first step from which the smoothed value fulfils the condition up to the end; null if it does not at the end.</summary>
    internal int? Since(Func<double, bool> condition)
    {
        var start = Smooth.Length;
        while (start > 0 && condition(Smooth[start - 1])) start--;
        return start == Smooth.Length ? null : Steps[start];
    }
}
