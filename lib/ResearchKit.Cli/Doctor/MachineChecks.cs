using System.Globalization;
using System.Runtime.InteropServices;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Doctor;

/// <summary>What can be told of the machine without starting a session.</summary>
internal static class MachineChecks
{
    internal static async Task<Finding> SdkAsync(Checkout checkout)
    {
        const string Mend = "install the .NET SDK 10.0 (https://dot.net); global.json names the version";
        if (Programs.Find("dotnet") is not { } dotnet) return Finding.Problem(".NET SDK", "no dotnet on the PATH", Mend);
        return await Programs.OutputAsync(dotnet, checkout.Root, "--version").ConfigureAwait(false) is { } version
            ? Finding.Ok(".NET SDK", version)
            : Finding.Problem(".NET SDK", "no SDK that global.json accepts", Mend);
    }

    internal static Finding Kit(Checkout checkout)
    {
        var kit = Path.Combine(checkout.Kit, "ResearchKit.Interactive.dll");
        return File.Exists(kit)
            ? Finding.Ok("kit", checkout.Show(checkout.Kit))
            : Finding.Problem("kit", $"{checkout.Show(kit)} is not built", "dotnet build lib/ResearchKit.Interactive (./rk does it by itself)");
    }

    internal static Finding Glibcxx()
    {
        if (!OperatingSystem.IsLinux()) return Finding.Ok("GLIBCXX", "not needed on this system");
        if (!NativeLibrary.TryLoad("libstdc++.so.6", out var library)) return Finding.Problem("GLIBCXX", "libstdc++.so.6 is not installed", "apt-get install libstdc++6");
        return NativeLibrary.TryGetExport(library, "_ZSt21ios_base_library_initv", out _)
            ? Finding.Ok("GLIBCXX", "3.4.32 or newer")
            : Finding.Ok("GLIBCXX", "older than 3.4.32: the kit loads TorchSharp through a private adapted copy");
    }

    internal static Finding Threads()
    {
        var policy = Environment.GetEnvironmentVariable("OMP_WAIT_POLICY");
        var processors = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture);
        return Finding.Ok("threads", $"{processors} processors; OMP_WAIT_POLICY {policy ?? "unset here, PASSIVE in sessions"}");
    }

    internal static Finding Memory()
    {
        var allocator = Allocator.OfSessions;
        return allocator.Mend.Length == 0
            ? Finding.Ok("allocator", allocator.Word)
            : Finding.Optional("allocator", $"{allocator.Word}; seeds side by side hold less memory under tcmalloc", allocator.Mend);
    }

    internal static async Task<Finding> GpuAsync(Checkout checkout)
    {
        if (Programs.Find("nvidia-smi") is { } program &&
            await Programs.OutputAsync(program, checkout.Root, "--query-gpu=name", "--format=csv,noheader").ConfigureAwait(false) is { Length: > 0 } names)
        {
            return Finding.Ok("GPU", names.ReplaceLineEndings(", "));
        }
        return Finding.Optional("GPU", "none seen by nvidia-smi", "only paper scale wants one: build with -p:TorchBackend=cuda-linux on a machine that has it");
    }

    internal static async Task<Finding> JupyterAsync(Checkout checkout)
    {
        const string Mend = "apt-get install jupyter-notebook jupyter-nbconvert, or pip install jupyterlab";
        if (Programs.Find("jupyter") is not { } jupyter) return Finding.Optional("Jupyter", "no jupyter on the PATH", Mend);
        var versions = await Programs.OutputAsync(jupyter, checkout.Root, "--version").ConfigureAwait(false);
        return Finding.Ok("Jupyter", versions is null ? jupyter : string.Join(", ", versions.Split('\n').Where(line => !line.Contains("not installed", StringComparison.Ordinal)).Select(Compact).Take(4)));
    }

    internal static Finding Tool(Checkout checkout)
    {
        var folder = DotnetInteractiveTool.Find(checkout);
        return folder is null
            ? Finding.Optional("dotnet-interactive", "the pinned tool is not restored", "dotnet tool restore")
            : Finding.Ok("dotnet-interactive", Path.GetFileName(folder));
    }

    internal static Finding Chromium() =>
        HeadlessChromium.Find() is { } browser
            ? Finding.Ok("Chromium", browser)
            : Finding.Optional("Chromium", "no chromium, chromium-browser or google-chrome on the PATH", $"{HeadlessChromium.Mend} (static pictures of figures need it)");

    private static string Compact(string line) => string.Join(' ', line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries));
}
