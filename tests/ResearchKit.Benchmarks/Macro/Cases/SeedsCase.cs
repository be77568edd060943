using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>One training run per processor side by side, against one after another.</summary>
internal static class SeedsCase
{
    internal static IEnumerable<Row> Run()
    {
        var cores = Environment.ProcessorCount;
        if (cores < 2) yield break;
        using var work = new SeedsWork();
        var best = Race.Run(5,
            new LocalSide(1, 1, () => work.SideBySide(cores)),
            new LocalSide(1, 1, () => work.SideBySide(1)),
            new LocalSide(cores, 1, work.OneAfterAnother));
        var note = $"{cores} runs of {SeedsWork.Steps} DPO steps";
        yield return Row.Faster("seeds", $"{cores} seeds side by side against one after another on one thread", best[0], best[1], 1.7, note);
        yield return Row.Faster("seeds", $"{cores} seeds side by side against one after another on {cores} threads", best[0], best[2], null, note);
    }
}
