using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Running;

/// <summary>A notebook ready to run: solutions and parameters in place, nbformat 4.5, earlier outputs gone.</summary>
internal sealed record PreparedNotebook(NotebookEntry Entry, Notebook Notebook, string FileHash, string SourceHash)
{
    internal static PreparedNotebook From(Checkout checkout, NotebookEntry entry, RunOptions options)
    {
        var notebook = NotebookFile.Read(entry.Path);
        var prepared = new PreparedNotebook(entry, notebook, NotebookHash.OfFile(entry.Path), NotebookHash.OfSources(notebook));
        if (options.Solutions) Solutions.Apply(checkout, entry, notebook);
        ParameterInjection.Apply(notebook, options.Parameters, entry.Slug);
        NotebookRules.Apply(notebook);
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode))
        {
            cell.Outputs = [];
            cell.ExecutionCount = null;
        }
        return prepared;
    }

    /// <summary>The cells to run, each under the last heading above it.</summary>
    internal IReadOnlyList<(NotebookCell Cell, CellPosition Position)> CodeCells()
    {
        var cells = new List<(NotebookCell Cell, string Heading)>();
        var heading = Entry.Slug;
        foreach (var cell in Notebook.Cells)
        {
            if (cell.IsMarkdown) heading = cell.Heading(maxLevel: 3) ?? heading;
            if (cell.IsCode && !string.IsNullOrWhiteSpace(cell.Source)) cells.Add((cell, heading));
        }
        return [.. cells.Select((cell, index) => (cell.Cell, new CellPosition(index + 1, cells.Count, cell.Heading)))];
    }
}
