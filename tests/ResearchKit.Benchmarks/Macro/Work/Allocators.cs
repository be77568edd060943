using System.Diagnostics;
using System.Globalization;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>The C library's allocator as it comes, with the kit's settings, and others put before it where they are installed.</summary>
internal static class Allocators
{
    private static readonly string[] Folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];

    /// <summary>A side of this program in a process of its own, with variables that are read when a process starts.</summary>
    internal static SideProcess Start(string side, int threads, string setting, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. SideProcess.Program(), "side", side, threads.ToString(CultureInfo.InvariantCulture), setting]);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new SideProcess(start);
    }

    /// <summary>An installed allocator's library, or null.</summary>
    internal static string? Find(params string[] names) =>
        (from folder in Folders from name in names let path = Path.Combine(folder, name) where File.Exists(path) select path).FirstOrDefault();
}
