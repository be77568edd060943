using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>One notebook of the repository: its slug is its file's name.</summary>
internal sealed record NotebookEntry(string Slug, string Theme, string Path);

/// <summary>The notebooks under notebooks/, solutions left out.</summary>
internal static class NotebookCatalog
{
    internal static IReadOnlyList<NotebookEntry> List(Checkout checkout)
    {
        if (!Directory.Exists(checkout.Notebooks)) return [];
        return
        [
            .. Directory.EnumerateFiles(checkout.Notebooks, "*.ipynb", SearchOption.AllDirectories)
                .Select(path => new NotebookEntry(System.IO.Path.GetFileNameWithoutExtension(path), Theme(checkout, path), path))
                .Where(entry => entry.Theme.Split('/') is var parts && parts[0] != "solutions" && !parts.Contains(".ipynb_checkpoints"))
                .OrderBy(entry => entry.Theme, StringComparer.Ordinal)
                .ThenBy(entry => entry.Slug, StringComparer.Ordinal),
        ];
    }

    internal static NotebookEntry Find(Checkout checkout, string slug)
    {
        var all = List(checkout);
        var found = all.Where(entry => entry.Slug == slug).ToList();
        if (found.Count == 1) return found[0];
        if (found.Count > 1) throw new CliException($"Two notebooks are called {slug}: {string.Join(" and ", found.Select(entry => checkout.Show(entry.Path)))}. A slug has to be unique.");
        if (all.Count == 0) throw new CliException($"There is no notebook {slug}: {checkout.Show(checkout.Notebooks)}/ holds no notebooks.");
        var closest = all.Select(entry => entry.Slug).OrderBy(known => EditDistance.Between(slug, known)).ThenBy(known => known, StringComparer.Ordinal);
        throw new CliException($"There is no notebook {slug}. Known, closest first: {string.Join(", ", closest)}.");
    }

    /// <summary>The notebooks of these slugs, or all of them where none is named.</summary>
    internal static IReadOnlyList<NotebookEntry> Select(Checkout checkout, IReadOnlyList<string> slugs) =>
        slugs.Count == 0 ? List(checkout) : [.. slugs.Select(slug => Find(checkout, slug))];

    private static string Theme(Checkout checkout, string path) =>
        System.IO.Path.GetRelativePath(checkout.Notebooks, System.IO.Path.GetDirectoryName(path)!).Replace('\\', '/');
}
