using ResearchKit.Benchmarks.Macro.Work;
using ResearchKit.Training;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>One training run per processor side by side, against one after another.</summary>
internal static class SeedsCase
{
    private const int Steps = 6;

    internal static IEnumerable<Row> Run()
    {
        var cores = Environment.ProcessorCount;
        if (cores < 2) yield break;
        long[] seeds = [.. Enumerable.Range(0, cores).Select(i => (long)i)];
        var runs = seeds.Select(_ => new TrainingStepWork()).ToArray();
        double Train(long seed)
        {
            var loss = 0.0;
            for (var step = 0; step < Steps; step++) loss = runs[seed].Step();
            return loss;
        }
        void Together(int threads) => Seeds.SideBySide(seeds, (seed, _) => Train(seed), threads);
        var best = Race.Run(5,
            new LocalSide(1, 1, () => Together(cores)),
            new LocalSide(1, 1, () => Together(1)),
            new LocalSide(cores, 1, () => { foreach (var seed in seeds) Train(seed); }));
        var note = $"{cores} runs of {Steps} DPO steps";
        yield return Row.Faster("seeds", $"{cores} seeds side by side against one after another on one thread", best[0], best[1], 1.7, note);
        yield return Row.Faster("seeds", $"{cores} seeds side by side against one after another on {cores} threads", best[0], best[2], null, note);
        foreach (var run in runs) run.Dispose();
    }
}
