using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>
/// Where a DPO step's time goes: its sections, timed in the step, and the time its matrix products would take at the machine's
/// peak. docs/performance.md has the kinds of kernels, which perf shows.
/// </summary>
internal static class ProfileCase
{
    private const string Name = "profile";
    private const int Steps = 12;

    internal static IEnumerable<Row> Run() => new[] { 1, Environment.ProcessorCount }.Distinct().SelectMany(threads => Of(threads));

    private static IEnumerable<Row> Of(int threads)
    {
        using DpoStepWork plain = new(DpoWay.Plain), fast = new(DpoWay.Fast);
        var best = Race.Run(4, new StepSide(threads, fast.Step), new StepSide(threads, plain.Step));
        (fast.Laps, plain.Laps) = (new Laps(), new Laps());
        for (var i = 0; i < Steps; i++)
        {
            fast.Step();
            plain.Step();
        }
        var how = $"{threads} thread{(threads == 1 ? "" : "s")}";
        foreach (var ((section, ours), (_, theirs)) in fast.Laps.Mean.Zip(plain.Laps.Mean))
            yield return Row.Faster(Name, $"DPO step, {how}: {section}", ours, theirs, null, "the fast step's and the plain step's, means of 12");
        var (peak, work) = (MatmulPeak.GigaFlops(threads), DpoStepWork.PlainGigaFlop());
        foreach (var (which, share, time) in new[] { ("fast", fast.Shared, best[0]), ("plain", 1.0, best[1]) })
            yield return Row.Share(Name, $"DPO step, {how}: matrix products at the peak's rate, of the {which} step", share * work / peak * 1e3, time, "ms", null, null, FormattableString.Invariant($"{share * work:F1} GFLOP at {peak:F0} GFLOP/s"));
        yield return Row.Faster(Name, $"DPO step, {how}: the fast step at the peak's rate, against the plain step", fast.Shared * work / peak * 1e3, best[1], null, "what no fast path could pass");
    }
}
