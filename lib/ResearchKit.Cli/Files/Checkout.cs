namespace ResearchKit.Cli.Files;

/// <summary>The repository's places, found from its root.</summary>
internal sealed record Checkout(string Root)
{
    internal string Notebooks => Path.Combine(Root, "notebooks");

    internal string Solutions => Path.Combine(Notebooks, "solutions");

    internal string Results => Path.Combine(Root, "data", "results");

    internal string Out => Path.Combine(Root, "out");

    internal string Library => Path.Combine(Root, "lib", "ResearchKit");

    internal string Kit => Path.Combine(Root, "lib", "ResearchKit.Interactive", "bin", "kit");

    /// <summary>The folder a relative path on the command line is meant against.</summary>
    internal static string CallerFolder =>
        Environment.GetEnvironmentVariable("RESEARCHKIT_CWD") is { Length: > 0 } folder ? folder : Environment.CurrentDirectory;

    /// <summary>RESEARCHKIT_ROOT, or the first folder above this program that holds ResearchKit.sln.</summary>
    internal static Checkout Find()
    {
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_ROOT") is { Length: > 0 } root)
        {
            return Directory.Exists(root) ? new Checkout(Path.GetFullPath(root)) : throw new CliException($"RESEARCHKIT_ROOT names {root}, which is not a folder.");
        }
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ResearchKit.sln"))) return new Checkout(folder);
        }
        throw new CliException($"No ResearchKit.sln above {AppContext.BaseDirectory}: start this program with the rk script of a checkout, or set RESEARCHKIT_ROOT.");
    }

    /// <summary>A path as a user reads it: relative to the root where it lies under it.</summary>
    internal string Show(string path)
    {
        var relative = Path.GetRelativePath(Root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
