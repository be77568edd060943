using System.Globalization;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>Resident memory of this process, all of it: tensors, what kernels use meanwhile, and managed objects.</summary>
internal static class PeakMemory
{
    /// <summary>False where the system has no resettable peak (only Linux does).</summary>
    internal static bool Known => File.Exists("/proc/self/clear_refs");

    /// <summary>Megabytes at the most while the work ran, above those before it; the work's own return value is kept alive.</summary>
    internal static double Of(Action work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Torch.Trim();
        File.WriteAllText("/proc/self/clear_refs", "5"); // the peak is what is resident now
        var before = Status("VmRSS:");
        work();
        return (Status("VmHWM:") - before) / 1024.0;
    }

    /// <summary>Resident megabytes now, freed memory given back first.</summary>
    internal static double Now()
    {
        Torch.Trim();
        return Status("VmRSS:") / 1024.0;
    }

    private static long Status(string key) =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(key, StringComparison.Ordinal)).Split(' ', '\t').Where(part => part.Length > 0).ElementAt(1), CultureInfo.InvariantCulture);
}
