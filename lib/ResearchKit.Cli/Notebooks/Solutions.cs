using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Notebooks;

/// <summary>Puts the exercises' solutions in the place of their stubs.</summary>
internal static class Solutions
{
    internal static string PathOf(Checkout checkout, NotebookEntry entry) => Path.Combine(checkout.Solutions, $"{entry.Slug}.ipynb");

    internal static void Apply(Checkout checkout, NotebookEntry entry, Notebook notebook)
    {
        var stubs = notebook.Cells.Where(cell => Exercise.IdOf(cell) is not null).ToList();
        if (stubs.Count == 0) return;
        var path = PathOf(checkout, entry);
        if (!File.Exists(path)) throw new CliException($"--solutions: {entry.Slug} has exercises, but {checkout.Show(path)} is missing.");
        var solutions = NotebookFile.Read(path);
        foreach (var stub in stubs)
        {
            var tag = $"exercise-{Exercise.IdOf(stub)}";
            var solution = solutions.Tagged(tag) ?? throw new CliException($"--solutions: {checkout.Show(path)} has no cell tagged {tag}.");
            stub.Source = solution.Source;
        }
    }
}
