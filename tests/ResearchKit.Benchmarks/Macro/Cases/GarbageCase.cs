using System.Diagnostics;
using ResearchKit.Benchmarks.Macro.Work;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>
/// What the managed side costs: bytes a DPO step and a generated token allocate, the collector's pauses, and the step's time
/// where its tensors hold next to nothing, which bounds all per-call costs (wrappers, P/Invoke, dispatch) from above.
/// </summary>
internal static class GarbageCase
{
    private const int Steps = 20, Asked = 1024;

    internal static IEnumerable<Row> Run()
    {
        set_num_threads(1);
        using var work = new NotebookStepWork();
        using var tiny = new NotebookStepWork(Shapes.Policy with { HiddenSize = 8, HeadSize = 2, IntermediateSize = 8, VocabSize = 8 }, pairs: 1, length: 2);
        using var generation = new GenerationWork();
        Warm(work.Step, tiny.Step);

        var (bytes, tensors, pauses, collections) = Allocated(Steps, () => work.Step());
        yield return Bytes("DPO step", bytes, $"{tensors:F0} tensors, {bytes / tensors:F0} bytes each; {collections} collections in {Steps} steps, {pauses:F1} ms of pauses");
        (bytes, tensors, pauses, collections) = Allocated(1, () => generation.Cached());
        yield return Bytes("generated token", bytes / GenerationWork.NewTokens, $"{tensors / GenerationWork.NewTokens:F0} tensors for {GenerationWork.Rows} rows; {collections} collections, {pauses:F1} ms of pauses");

        var best = Race.Run(8, new LocalSide(1, 20, () => tiny.Step()), new LocalSide(1, 1, () => work.Step()));
        yield return Row.Share("garbage", "per-call costs in a DPO step", best[0], best[1], "ms", 0.05, null, "the same calls on one pair of 4 tokens at 8 wide; 1 thread; an upper bound: it holds dispatch and autograd");
    }

    private static Row Bytes(string what, double bytes, string note) => Row.Share("garbage", $"managed bytes, {what}", bytes, Asked, "bytes", 1, null, note);

    private static (double Bytes, double Tensors, double Pauses, int Collections) Allocated(int times, Action work)
    {
        var scopes = DisposeScopeManager.Statistics;
        long Made() => scopes.CreatedInScopeCount + scopes.CreatedOutsideScopeCount;
        var (made, paused, collected, bytes) = (Made(), GC.GetTotalPauseDuration(), GC.CollectionCount(0), GC.GetAllocatedBytesForCurrentThread());
        for (var i = 0; i < times; i++) work();
        return ((GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)times, (Made() - made) / (double)times, (GC.GetTotalPauseDuration() - paused).TotalMilliseconds, GC.CollectionCount(0) - collected);
    }

    // Until compiled code has settled: a method compiled again allocates nothing of its own, but is slower before.
    private static void Warm(params Func<double>[] steps)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(2)) foreach (var step in steps) step();
    }
}
