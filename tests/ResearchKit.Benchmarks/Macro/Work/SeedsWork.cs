using ResearchKit.Training;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>A training run for each processor, of some DPO steps.</summary>
internal sealed class SeedsWork : IDisposable
{
    internal const int Steps = 6;
    private readonly NotebookStepWork[] runs = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new NotebookStepWork())];

    internal int Count => runs.Length;

    /// <summary>As notebooks do: each run on a thread of its own, with one torch thread; 1 runs them one after another.</summary>
    internal double SideBySide(int threads) => Seeds.SideBySide([.. Enumerable.Range(0, Count).Select(i => (long)i)], (seed, _) => Train(runs[seed]), threads)[0];

    /// <summary>One after another on this thread, with its torch threads.</summary>
    internal void OneAfterAnother()
    {
        foreach (var run in runs) Train(run);
    }

    public void Dispose()
    {
        foreach (var run in runs) run.Dispose();
    }

    private static double Train(NotebookStepWork run)
    {
        var loss = 0.0;
        for (var step = 0; step < Steps; step++) loss = run.Step();
        return loss;
    }
}
