using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>DPO steps under the kit's malloc settings and under other allocators, each in a process of its own.</summary>
internal static class AllocatorCase
{
    internal static IEnumerable<Row> Run()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        var tcmalloc = Allocators.Find("libtcmalloc_minimal.so.4", "libtcmalloc.so.4");
        foreach (var (side, threads, what) in Work())
        {
            using var plain = SideProcess.Stock(side, threads);
            using var kit = Allocators.Start(side, threads, "kit");
            using var other = tcmalloc is null ? null : Allocators.Start(side, threads, "kit", ("LD_PRELOAD", tcmalloc));
            var best = Race.Run(side == Sides.Seeds ? 4 : 12, other is null ? [kit, plain] : [kit, plain, other]);
            yield return Row.Faster("allocator", $"kit's malloc settings against glibc's, {what}", best[0], best[1], null, "a process each");
            if (other is null) continue;
            yield return Row.Faster("allocator", $"tcmalloc against the kit's malloc settings, {what}", best[2], best[0], null, $"a process each; {(other.Result == kit.Result ? "the same loss" : "ANOTHER LOSS")}");
            yield return Row.Share("allocator", $"tcmalloc's memory against the kit's malloc settings', {what}", other.MegaBytes, kit.MegaBytes, "MB", null, null, "resident after the last round, a process each");
        }
        if (tcmalloc is null) Console.WriteLine("allocator: tcmalloc is not installed (apt-get install libtcmalloc-minimal4).");
    }

    private static IEnumerable<(string Side, int Threads, string What)> Work()
    {
        var cores = Environment.ProcessorCount;
        yield return (Sides.Step, 1, "a DPO step on 1 thread");
        if (cores < 2) yield break;
        yield return (Sides.Step, cores, $"a DPO step on {cores} threads");
        yield return (Sides.Seeds, 1, $"{cores} seeds side by side");
    }
}
