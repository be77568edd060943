using System.Runtime.InteropServices;
using ResearchKit.Runtime;

namespace ResearchKit.Benchmarks.Macro;

/// <summary>Loads libtorch as the kit does, or as TorchSharp alone would: with the C library's own allocator settings.</summary>
internal static partial class Torch
{
    internal static void Load() => NativeTorch.Load();

    /// <summary>
    /// Without the kit's malloc settings; a library that the system's libstdc++ refuses is still taken from the kit's private
    /// copy, or nothing would run.
    /// </summary>
    internal static void LoadStock()
    {
        if (!OperatingSystem.IsLinux()) return;
        foreach (var name in new[] { "libc10.so", "libtorch_cpu.so", "libtorch.so" }) NativeLibrary.Load(Path.Combine(AppContext.BaseDirectory, name));
        var bridge = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (!NativeLibrary.TryLoad(bridge, out _)) NativeLibrary.Load(WeakSymbolVersion.PrivateCopy(bridge, "GLIBCXX_3.4.32"));
    }

    /// <summary>Gives freed memory back to the system, so that a peak can be read.</summary>
    internal static void Trim()
    {
        if (OperatingSystem.IsLinux()) _ = MallocTrim(0);
    }

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint pad);
}
