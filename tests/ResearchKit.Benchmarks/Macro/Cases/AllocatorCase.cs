using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>A DPO step under the kit's malloc settings and under other allocators, each in a process of its own.</summary>
internal static class AllocatorCase
{
    internal static IEnumerable<Row> Run()
    {
        if (!OperatingSystem.IsLinux()) yield break;
        var tcmalloc = Allocators.Find("libtcmalloc_minimal.so.4", "libtcmalloc.so.4");
        foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
        {
            using var plain = SideProcess.Stock("training-step", threads);
            using var kit = Allocators.Start("training-step", threads, "kit");
            using var other = tcmalloc is null ? null : Allocators.Start("training-step", threads, "kit", ("LD_PRELOAD", tcmalloc));
            var best = Race.Run(8, other is null ? [kit, plain] : [kit, plain, other]);
            var note = $"DPO step, {threads} thread{(threads == 1 ? "" : "s")}, a process each";
            yield return Row.Faster("allocator", $"kit's malloc settings against glibc's, {threads} thread{(threads == 1 ? "" : "s")}", best[0], best[1], null, note);
            if (other is not null) yield return Row.Faster("allocator", $"tcmalloc against the kit's malloc settings, {threads} thread{(threads == 1 ? "" : "s")}", best[2], best[0], null, $"{note}; {(other.Result == kit.Result ? "the same loss" : "ANOTHER LOSS")}");
        }
        if (tcmalloc is null) Console.WriteLine("allocator: tcmalloc is not installed (apt-get install libtcmalloc-minimal4).");
    }
}
