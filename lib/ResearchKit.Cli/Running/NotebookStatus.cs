using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Running;

internal enum NotebookState
{
    UpToDate,
    NotExecuted,
    Stale,
    Failing,
    Unreadable,
}

/// <summary>A notebook against its committed workshop record.</summary>
internal sealed record NotebookStatus(NotebookState State, string Verdicts, string Why)
{
    internal string Label => State switch
    {
        NotebookState.UpToDate => "up to date",
        NotebookState.NotExecuted => "not executed",
        NotebookState.Stale => "stale",
        NotebookState.Failing => "failing",
        _ => "unreadable",
    };

    internal static NotebookStatus Of(Checkout checkout, NotebookEntry entry)
    {
        Notebook notebook;
        try
        {
            notebook = NotebookFile.Read(entry.Path);
        }
        catch (CliException error)
        {
            return new NotebookStatus(NotebookState.Unreadable, "", error.Message);
        }
        var recordPath = Path.Combine(checkout.Results, $"{entry.Slug}.workshop.json");
        var record = RunRecordFile.Read(recordPath);
        var verdicts = record is null ? "" : RunRecordFile.Verdicts(record);
        if (FailingCell(notebook) is { } failing) return new NotebookStatus(NotebookState.Failing, verdicts, $"its code cell {failing} shows an error");
        if (FailedLatestRun(checkout, entry, recordPath) is { } cell) return new NotebookStatus(NotebookState.Failing, verdicts, $"its last run here ended with an error in code cell {cell}");
        if (record is null) return new NotebookStatus(NotebookState.NotExecuted, "", $"{checkout.Show(recordPath)} is missing");
        if (!Matches(record, notebook, entry)) return new NotebookStatus(NotebookState.Stale, verdicts, "the notebook changed after the run that its record is from");
        if (record["librarySha256"]?.ToString() is { } library && library != LibraryHash.Of(checkout, notebook)) return new NotebookStatus(NotebookState.Stale, verdicts, "what it uses of lib/ResearchKit changed after the run that its record is from");
        return new NotebookStatus(NotebookState.UpToDate, verdicts, "");
    }

    private static bool Matches(JsonObject record, Notebook notebook, NotebookEntry entry) =>
        record["sourceSha256"]?.ToString() == NotebookHash.OfSources(notebook) || record["notebookSha256"]?.ToString() == NotebookHash.OfFile(entry.Path);

    private static int? FailedLatestRun(Checkout checkout, NotebookEntry entry, string recordPath)
    {
        var path = new RunPaths(checkout.Out, entry.Slug).Notebook;
        if (!File.Exists(path)) return null;
        var time = File.GetLastWriteTimeUtc(path);
        if (time < File.GetLastWriteTimeUtc(entry.Path) || time < File.GetLastWriteTimeUtc(recordPath)) return null;
        try
        {
            return FailingCell(NotebookFile.Read(path));
        }
        catch (CliException)
        {
            return null;
        }
    }

    private static int? FailingCell(Notebook notebook) =>
        notebook.Cells.FirstOrDefault(cell => cell.IsCode && cell.Outputs.Any(output => (string?)output?["output_type"] == "error"))?.ExecutionCount;
}
