using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>
/// Chunked log-probabilities against whole logits, over 32,000 words: memory and time. The logits are computed a second time in
/// backward, four products instead of three: the wider the model, the more of the time is products.
/// </summary>
internal static class ChunkedCase
{
    internal static IEnumerable<Row> Run() => [.. Run(width: 128), .. Run(width: 512)];

    private static IEnumerable<Row> Run(int width)
    {
        using var work = new VocabularyWork(width);
        var (sizes, apart) = ($"{VocabularyWork.Rows * (VocabularyWork.Length - 1)} tokens of 32,000 words", work.Apart());
        if (PeakMemory.Known)
        {
            yield return Row.Share("chunked", $"peak memory, {width} wide", PeakMemory.Of(() => work.Step(work.Chunked)), PeakMemory.Of(() => work.Step(work.Plain)), "MB", 0.15, null,
                FormattableString.Invariant($"{sizes}; forward and backward; the output layer's gradient, {VocabularyWork.Vocabulary * width * 4 / 1e6:F0} MB, counts on both sides"));
            yield return Row.Share("chunked", $"memory kept for backward, {width} wide", work.Kept(work.Chunked), work.Kept(work.Plain), "MB", 0.15, null, sizes);
        }
        foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            var best = Race.Run(4, new LocalSide(threads, 1, () => work.Step(work.Chunked)), new LocalSide(threads, 1, () => work.Step(work.Plain)));
            yield return Row.Share("chunked", $"time, {width} wide, {threads} thread{(threads == 1 ? "" : "s")}", best[0], best[1], "ms", 1.12, null,
                FormattableString.Invariant($"{sizes}; forward and backward; values and gradients at most {apart:E1} apart"));
        }
    }
}
