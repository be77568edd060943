using System.Diagnostics;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>What the sections of a step take, on average over the steps since it was made.</summary>
internal sealed class Laps
{
    private readonly Dictionary<string, double> sums = [];
    private long last;
    private int steps;

    /// <summary>Milliseconds of a step by section, in the order first seen.</summary>
    internal IEnumerable<(string Section, double Milliseconds)> Mean => sums.Select(item => (item.Key, item.Value / steps));

    /// <summary>A step begins.</summary>
    internal void Start()
    {
        steps++;
        last = Stopwatch.GetTimestamp();
    }

    /// <summary>What ran since the start or the last mark was this section.</summary>
    internal void Mark(string section)
    {
        sums[section] = sums.GetValueOrDefault(section) + Stopwatch.GetElapsedTime(last).TotalMilliseconds;
        last = Stopwatch.GetTimestamp();
    }
}
