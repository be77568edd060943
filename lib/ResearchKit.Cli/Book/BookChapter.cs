using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Book;

/// <summary>Where a chapter's outputs are from.</summary>
internal enum Execution
{
    Committed,
    LastRun,
    None,
}

/// <summary>
/// One notebook as the book shows it. Run is the record in its own outputs: the scale and seeds of what is shown. Judged is
/// the record whose verdicts count: the committed one, else that of the run shown unless it was a smoke run.
/// </summary>
internal sealed record BookChapter(int Number, NotebookEntry Entry, Notebook Notebook, Execution Execution, JsonObject? Run, JsonObject? Judged)
{
    internal string Title => Notebook.Title ?? Entry.Slug;

    internal string File => $"{Entry.Slug}.html";

    internal string Theme => Entry.Theme == "." ? "Start" : char.ToUpperInvariant(Entry.Theme[0]) + Entry.Theme[1..].Replace("/", ", ", StringComparison.Ordinal).Replace('-', ' ');

    internal static IReadOnlyList<BookChapter> All(Checkout checkout) => [.. NotebookCatalog.List(checkout).Select((entry, index) => Of(checkout, entry, index + 1))];

    private static BookChapter Of(Checkout checkout, NotebookEntry entry, int number)
    {
        var notebook = NotebookFile.Read(entry.Path);
        var execution = IsExecuted(notebook) ? Execution.Committed : Execution.None;
        if (execution == Execution.None && LastRun(checkout, entry, notebook) is { } run) (notebook, execution) = (run, Execution.LastRun);
        var record = Record(notebook);
        var committed = RunRecordFile.Read(Path.Combine(checkout.Results, $"{entry.Slug}.workshop.json"));
        return new BookChapter(number, entry, notebook, execution, record, committed ?? (record is not null && RunRecordFile.Scale(record) != "smoke" ? record : null));
    }

    // Fresh is a run of just this code, to its end: times of files say little after a checkout. Its outputs go to the
    // committed cells, whose text may have been mended since.
    private static Notebook? LastRun(Checkout checkout, NotebookEntry entry, Notebook committed)
    {
        var path = new RunPaths(OutFolder.Of(checkout, option: null), entry.Slug).Notebook;
        if (!System.IO.File.Exists(path) || Readable(path) is not { } run || !IsExecuted(run) || HasError(run)) return null;
        var shown = committed.Copy();
        var (mine, theirs) = (Code(shown), Code(run));
        if (!mine.Select(cell => cell.Source).SequenceEqual(theirs.Select(cell => cell.Source))) return null;
        foreach (var (cell, ran) in mine.Zip(theirs))
        {
            cell.Outputs = (JsonArray)ran.Outputs.DeepClone();
            cell.ExecutionCount = ran.ExecutionCount;
        }
        return shown;
    }

    private static Notebook? Readable(string path)
    {
        try
        {
            return NotebookFile.Read(path);
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static List<NotebookCell> Code(Notebook notebook) => [.. notebook.Cells.Where(cell => cell.IsCode)];

    private static bool IsExecuted(Notebook notebook) => notebook.Cells.Any(cell => cell.Outputs.Count > 0);

    private static bool HasError(Notebook notebook) => notebook.Cells.Any(cell => cell.Outputs.Any(output => (string?)output?["output_type"] == "error"));

    private static JsonObject? Record(Notebook notebook) =>
        notebook.Cells.SelectMany(cell => cell.Outputs).Select(output => output?["data"]?[KitMimes.Record]).OfType<JsonObject>().LastOrDefault();
}
