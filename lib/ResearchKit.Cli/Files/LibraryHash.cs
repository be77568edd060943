using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Files;

/// <summary>
/// One hash for the part of lib/ResearchKit that a notebook stands on: the files of the types that its cells and the
/// session name, and of those that these files name in turn. So a new routine elsewhere makes no record stale. A name that
/// two types share, or that is also a member's, counts for both: rather one file too many than one too few.
/// </summary>
internal static partial class LibraryHash
{
    /// <summary>SHA-256 over path and text of each file; line ends do not count. Files that are no C# (the project, scripts) count for all.</summary>
    internal static string Of(Checkout checkout, Notebook notebook)
    {
        var sources = Files(checkout.Library).Select(file => new Source(file.Name, file.Text)).ToArray();
        var reached = Reached(sources, [
            .. notebook.Cells.Where(cell => cell.IsCode).Select(cell => cell.Source),
            .. Files(checkout.Library + ".Interactive").Where(file => IsCSharp(file.Name)).Select(file => file.Text)]);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources.Where(source => !IsCSharp(source.Name) || reached.Contains(source)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{source.Name}\0{source.Text}\0"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HashSet<Source> Reached(Source[] sources, IEnumerable<string> start)
    {
        var declaring = sources.Where(source => IsCSharp(source.Name))
            .SelectMany(source => Declaration().Matches(source.Text).Select(match => (Name: match.Groups[1].Value + match.Groups[2].Value, source)))
            .ToLookup(item => item.Name, item => item.source);
        var reached = new HashSet<Source>();
        var open = new Queue<string>(start);
        while (open.TryDequeue(out var text))
        {
            foreach (var name in Identifier().Matches(Comment().Replace(text, "")).Select(match => match.Value).Distinct())
                foreach (var source in declaring[name])
                    if (reached.Add(source)) open.Enqueue(source.Text);
        }
        return reached;
    }

    private static IEnumerable<(string Name, string Text)> Files(string root) => !Directory.Exists(root)
        ? []
        : Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Select(path => (Path: path, Name: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => file.Name.Split('/')[0] is not ("bin" or "obj"))
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => (file.Name, File.ReadAllText(file.Path).ReplaceLineEndings("\n")));

    private static bool IsCSharp(string name) => name.EndsWith(".cs", StringComparison.Ordinal);

    // Types, and extension methods, which are called without their type's name.
    [GeneratedRegex(@"\b(?:class|record(?:\s+struct|\s+class)?|struct|interface|enum)\s+([A-Z]\w*)|\bstatic\s[^;{}=]*?\b([A-Z]\w*)(?:<[^>]*>)?\s*\(\s*this\s")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    private sealed record Source(string Name, string Text);
}
