using System.Diagnostics;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>Training steps in this process, each of which gives its loss.</summary>
internal sealed class StepSide(int threads, Func<double> step) : IResultSide
{
    public double Result { get; private set; }

    public double Round()
    {
        if (get_num_threads() != threads) set_num_threads(threads);
        var clock = Stopwatch.StartNew();
        Result = step();
        return clock.Elapsed.TotalMilliseconds;
    }
}
