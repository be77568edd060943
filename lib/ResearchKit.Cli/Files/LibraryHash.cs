using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Files;

/// <summary>
/// One hash for the part of the library that a notebook stands on: the folders of lib/ResearchKit that its cells name
/// (<c>using ResearchKit.Training</c>) and those that these name in turn. So a new routine elsewhere makes no record stale.
/// </summary>
internal static partial class LibraryHash
{
    /// <summary>SHA-256 over path and text of each file, build folders left out; line ends do not count. Files beside the folders count for all.</summary>
    internal static string Of(Checkout checkout, Notebook notebook)
    {
        var sources = Sources(checkout.Library).ToArray();
        var reached = Reached(notebook, sources);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources.Where(source => source.Folder is null || reached.Contains(source.Folder)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{source.Name}\0{source.Text}\0"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HashSet<string> Reached(Notebook notebook, Source[] sources)
    {
        var folders = sources.Select(source => source.Folder).OfType<string>().ToHashSet();
        var uses = sources.Where(source => source.Folder is not null).GroupBy(source => source.Folder!)
            .ToDictionary(group => group.Key, group => group.SelectMany(source => Named(source.Text)).ToHashSet());
        var reached = new HashSet<string>();
        var open = new Queue<string>(notebook.Cells.Where(cell => cell.IsCode).SelectMany(cell => Named(cell.Source)));
        while (open.TryDequeue(out var folder))
        {
            if (!folders.Contains(folder) || !reached.Add(folder)) continue;
            foreach (var next in uses[folder]) open.Enqueue(next);
        }
        return reached;
    }

    // A name before a dot, as in "using ResearchKit.Data;" and "Data.PairBatch"; names that are no folder fall away.
    private static IEnumerable<string> Named(string text) =>
        FolderName().Matches(text).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value);

    [GeneratedRegex(@"\bResearchKit\.([A-Z]\w+)|\b([A-Z]\w+)\.[A-Z]")]
    private static partial Regex FolderName();

    private static IEnumerable<Source> Sources(string root) => !Directory.Exists(root)
        ? []
        : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => file.Name.Split('/')[0] is not ("bin" or "obj"))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => new Source(file.Name, File.ReadAllText(file.Path).ReplaceLineEndings("\n")));

    private sealed record Source(string Name, string Text)
    {
        internal string? Folder => Name.Contains('/', StringComparison.Ordinal) ? Name[..Name.IndexOf('/', StringComparison.Ordinal)] : null;
    }
}
