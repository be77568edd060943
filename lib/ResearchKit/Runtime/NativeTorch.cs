using System.Runtime.InteropServices;
using TorchSharp;

namespace ResearchKit.Runtime;

/// <summary>How libtorch was loaded in this process.</summary>
/// <param name="Folder">The folder that held the native libraries; empty where TorchSharp's own search was used.</param>
/// <param name="Cured">True when a private copy of the bridge with a weakened GLIBCXX_3.4.32 need was loaded.</param>
/// <param name="MallocTuned">True when glibc was told to keep large blocks (see <see cref="ProcessTuning"/>).</param>
/// <param name="WaitPolicy">OMP_WAIT_POLICY as libgomp saw it.</param>
/// <param name="Threads">Intra-operation threads of torch.</param>
public sealed record NativeReport(string Folder, bool Cured, bool MallocTuned, string WaitPolicy, int Threads);

/// <summary>
/// Loads libtorch before TorchSharp is first touched. TorchSharp's type initializer, once failed, fails for the life
/// of the process, so this is the first call of a test run, a command and a notebook.
/// </summary>
/// <remarks>
/// The bridge libLibTorchSharp.so names the symbol version GLIBCXX_3.4.32 (GCC 13) for one marker without a
/// relocation; on Debian 12 and Ubuntu 22.04 the loader refuses it. There, and only there, a private copy whose entry
/// is flagged weak (<see cref="WeakSymbolVersion"/>) is loaded instead; TorchSharp then finds it by its soname.
/// </remarks>
public static class NativeTorch
{
    private const string Bridge = "libLibTorchSharp.so";
    private static readonly Lock Gate = new();
    private static NativeReport? report;

    /// <summary>Loads libtorch once; later calls return the first call's report.</summary>
    /// <param name="threads">Intra-operation threads; 0 leaves torch's default.</param>
    /// <exception cref="NativeLoadException">libtorch cannot be loaded; the message says why and how to mend it.</exception>
    public static NativeReport Load(int threads = 0)
    {
        lock (Gate)
        {
            return report ??= LoadOnce(threads);
        }
    }

    private static NativeReport LoadOnce(int threads)
    {
        var tuned = ProcessTuning.Apply(out var waitPolicy);
        var (folder, cured) = OperatingSystem.IsLinux() ? LoadLinux() : ("", false);
        try
        {
            if (threads > 0) torch.set_num_threads(threads);
            return new NativeReport(folder, cured, tuned, waitPolicy, torch.get_num_threads());
        }
        catch (Exception error) when (error is TypeInitializationException or NotSupportedException or DllNotFoundException)
        {
            throw new NativeLoadException(
                $"TorchSharp could not start on libtorch: {(error.InnerException ?? error).Message} "
                + "Run `./rk doctor`; if the build is old, `dotnet build ResearchKit.sln` mends it.", error);
        }
    }

    private static (string Folder, bool Cured) LoadLinux()
    {
        var folder = FindFolder();
        var bridge = BridgePath(folder);
        try
        {
            // In order of dependence; the CUDA parts exist only in the CUDA backends.
            foreach (var name in new[] { "libc10.so", "libtorch_cpu.so", "libc10_cuda.so", "libtorch_cuda.so", "libtorch.so" })
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path)) NativeLibrary.Load(path);
            }
            var cure = !StandardLibraryIsNew();
            NativeLibrary.Load(cure ? WeakSymbolVersion.PrivateCopy(bridge, "GLIBCXX_3.4.32") : bridge);
            return (folder, cure);
        }
        catch (Exception error) when (error is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            throw new NativeLoadException(
                $"libtorch was found in '{folder}' but cannot be loaded: {error.Message} "
                + $"This kit's build is for {RuntimeInformation.RuntimeIdentifier}; run `./rk doctor`, and rebuild with `dotnet build ResearchKit.sln`.",
                error);
        }
    }

    private static bool StandardLibraryIsNew() =>
        NativeLibrary.TryLoad("libstdc++.so.6", out var handle) && NativeLibrary.TryGetExport(handle, "_ZSt21ios_base_library_initv", out _);

    private static string FindFolder()
    {
        var tried = new List<string>();
        foreach (var folder in Candidates())
        {
            tried.Add(folder);
            if (File.Exists(Path.Combine(folder, "libtorch_cpu.so"))) return folder;
        }
        throw new NativeLoadException(
            $"libtorch_cpu.so was not found; looked in {string.Join(", ", tried)}. "
            + "Build the kit with `dotnet build ResearchKit.sln`; with TorchBackend=external set RESEARCHKIT_LIBTORCH to the folder that holds libtorch_cpu.so.");
    }

    private static IEnumerable<string> Candidates()
    {
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_LIBTORCH") is { Length: > 0 } external) yield return external;
        foreach (var home in KitFolders().Distinct(StringComparer.Ordinal))
        {
            yield return home;
            yield return Path.Combine(home, "runtimes", $"linux-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}", "native");
        }
    }

    private static IEnumerable<string> KitFolders()
    {
        if (Path.GetDirectoryName(typeof(NativeTorch).Assembly.Location) is { Length: > 0 } own) yield return own;
        yield return AppContext.BaseDirectory;
    }

    private static string BridgePath(string folder)
    {
        foreach (var home in KitFolders().Prepend(folder))
        {
            foreach (var path in new[] { Path.Combine(home, Bridge), Path.Combine(home, "runtimes", "linux-x64", "native", Bridge) })
            {
                if (File.Exists(path)) return path;
            }
        }
        throw new NativeLoadException($"{Bridge} was not found beside libtorch in '{folder}'. Build the kit with `dotnet build ResearchKit.sln`.");
    }
}
