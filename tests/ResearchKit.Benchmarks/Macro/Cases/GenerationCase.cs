using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>Generation with the key-value cache against generation without.</summary>
internal static class GenerationCase
{
    internal static IEnumerable<Row> Run()
    {
        using var work = new GenerationWork();
        var same = work.Cached().Zip(work.Uncached()).All(rows => rows.First.SequenceEqual(rows.Second));
        foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            var best = Race.Run(2, new LocalSide(threads, 1, () => work.Cached()), new LocalSide(threads, 1, () => work.Uncached()));
            yield return Row.Faster("generation", $"with cache against without, {threads} thread{(threads == 1 ? "" : "s")}", best[0], best[1], 8,
                $"{GenerationWork.Rows} rows, prompt {GenerationWork.Prompt}, {GenerationWork.NewTokens} new tokens; {(same ? "the same tokens" : "OTHER TOKENS")}");
        }
    }
}
