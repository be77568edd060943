namespace ResearchKit.Cli.Session;

/// <summary>
/// The memory allocator of a session's process. Under tcmalloc seeds side by side hold less than half the memory that they
/// hold under the C library's allocator with the kit's settings, whose threads each keep what they freed; results are the
/// same bits, and steps are a little faster (`rk bench --case allocator`). It has to be there when the process starts, so the
/// loader puts it before the C library (LD_PRELOAD).
/// </summary>
/// <param name="Library">The library to load first; null for the C library's own allocator.</param>
/// <param name="Word">What was chosen and why.</param>
/// <param name="Mend">How to get what was asked for; empty where nothing is amiss.</param>
internal sealed record Allocator(string? Library, string Word, string Mend)
{
    internal const string Variable = "RESEARCHKIT_ALLOCATOR";
    private const string Preload = "LD_PRELOAD", Install = "apt-get install libtcmalloc-minimal4 (Fedora: gperftools-libs)";

    private static readonly string[] Names = ["libtcmalloc_minimal.so.4", "libtcmalloc.so.4"];

    private static readonly string[] Folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib", "/usr/local/lib"];

    // Said once, and only where something was asked for that is not there.
    private static readonly Lazy<Allocator> Chosen = new(() =>
    {
        var allocator = Find();
        if (allocator.Mend.Length > 0 && Environment.GetEnvironmentVariable(Variable) == "tcmalloc")
            Console.Error.WriteLine($"rk: {Variable}=tcmalloc, but it is not to be had: {allocator.Mend}. Sessions use the allocator there is: the same results, more memory.");
        return allocator;
    });

    /// <summary>The choice for this program's sessions.</summary>
    internal static Allocator OfSessions => Chosen.Value;

    /// <summary>What this machine and RESEARCHKIT_ALLOCATOR (auto, tcmalloc, system) come to.</summary>
    /// <exception cref="CliException">The variable holds something else.</exception>
    internal static Allocator Find() => Choose(
        Environment.GetEnvironmentVariable(Variable), Environment.GetEnvironmentVariable(Preload), OperatingSystem.IsLinux(),
        Folders.SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists));

    internal static Allocator Choose(string? wanted, string? preloaded, bool linux, string? installed)
    {
        if (wanted is not (null or "" or "auto" or "tcmalloc" or "system"))
            throw new CliException($"{Variable} is '{wanted}'; it can be auto (tcmalloc where it is installed), tcmalloc or system (the C library's own).");
        if (wanted == "system") return new(null, $"the C library's, with the kit's settings ({Variable}=system)", "");
        if (!linux) return new(null, "the system's", wanted == "tcmalloc" ? "rk can put tcmalloc in its place on Linux only" : "");
        if (preloaded is { Length: > 0 }) return new(null, $"as LD_PRELOAD has it: {preloaded}", "");
        if (installed is not null) return new(installed, $"tcmalloc ({installed})", "");
        return new(null, "the C library's, with the kit's settings", Install);
    }

    /// <summary>Puts the choice into the environment of a process that is about to start.</summary>
    internal void Apply(IDictionary<string, string?> environment)
    {
        if (Library is not null) environment[Preload] = Library;
    }
}
