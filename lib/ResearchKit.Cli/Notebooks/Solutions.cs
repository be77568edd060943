using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>Puts the exercises' solutions in the place of their stubs.</summary>
internal static class Solutions
{
    private const string Exercise = "exercise-";

    internal static void Apply(Checkout checkout, NotebookEntry entry, Notebook notebook)
    {
        var stubs = notebook.Cells.Where(cell => Tag(cell) is not null).ToList();
        if (stubs.Count == 0) return;
        var path = Path.Combine(checkout.Solutions, $"{entry.Slug}.ipynb");
        if (!File.Exists(path)) throw new CliException($"--solutions: {entry.Slug} has exercises, but {checkout.Show(path)} is missing.");
        var solutions = NotebookFile.Read(path);
        foreach (var stub in stubs)
        {
            var tag = Tag(stub)!;
            var solution = solutions.Tagged(tag) ?? throw new CliException($"--solutions: {checkout.Show(path)} has no cell tagged {tag}.");
            stub.Source = solution.Source;
        }
    }

    private static string? Tag(NotebookCell cell) => cell.Tags.FirstOrDefault(tag => tag.StartsWith(Exercise, StringComparison.Ordinal));
}
