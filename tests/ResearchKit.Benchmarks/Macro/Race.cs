using System.Diagnostics;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>
/// Ways of doing one piece of work, timed in turn: A B A B ... A slow second of the machine then falls on all of them, and
/// the best round of each stands for what it can do.
/// </summary>
internal static class Race
{
    /// <summary>The best round of each side, in milliseconds.</summary>
    internal static double[] Run(int rounds, params IReadOnlyList<ISide> sides)
    {
        var best = sides.Select(_ => double.MaxValue).ToArray();
        foreach (var side in sides) side.Round(); // warms up
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < sides.Count; i++) best[i] = Math.Min(best[i], sides[i].Round());
        return best;
    }
}

/// <summary>One way of doing a piece of work.</summary>
internal interface ISide
{
    /// <summary>Does it and says how many milliseconds it took.</summary>
    double Round();
}

/// <summary>Work in this process, on some torch threads, several times a round where it is short.</summary>
internal sealed class LocalSide(int threads, int repeats, Action work) : ISide
{
    public double Round()
    {
        if (get_num_threads() != threads) set_num_threads(threads);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < repeats; i++) work();
        return clock.Elapsed.TotalMilliseconds / repeats;
    }
}
