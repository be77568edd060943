using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>torch's fused AdamW against TorchSharp's own, on one thread and on all.</summary>
internal static class OptimizerCase
{
    internal static IEnumerable<Row> Run()
    {
        using var work = new OptimizerWork();
        foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            var best = Race.Run(12, new LocalSide(threads, 10, work.Fused), new LocalSide(threads, 3, work.Stock), new LocalSide(threads, 10, work.Flat), new LocalSide(threads, 10, work.Gathered));
            yield return Row.Faster("optimizer", $"fused AdamW against stock, {threads} thread{(threads == 1 ? "" : "s")}", best[0], best[1], 7, $"{work.Parameters / 1e6:F2} M parameters");
            yield return Row.Faster("optimizer", $"one flat buffer against a kernel call for all tensors, {threads} thread{(threads == 1 ? "" : "s")}", best[2], best[0], null, "gradients already flat: the most that it could win");
            yield return Row.Faster("optimizer", $"the same, gradients copied together, {threads} thread{(threads == 1 ? "" : "s")}", best[3], best[0], null, "");
        }
    }
}
