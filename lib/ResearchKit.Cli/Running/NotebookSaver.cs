using System.Globalization;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Running;

/// <summary>
/// Runs a notebook and commits its run to the working tree: the notebook with its outputs, its record under
/// data/results/, the index. A run that fails writes none of them.
/// </summary>
internal sealed class NotebookSaver(Checkout checkout)
{
    /// <summary>A repository's notebook stays readable in a diff view and quick to open.</summary>
    internal const int SizeLimit = 1_500_000;

    /// <summary>Runs and saves. What the run itself wrote stays in the options' folder either way.</summary>
    /// <exception cref="CliException">The notebook emits no record, or would be larger than <see cref="SizeLimit"/>.</exception>
    internal async Task<SavedRun> SaveAsync(RunOptions options, IRunView view, CancellationToken cancellationToken)
    {
        var entry = NotebookCatalog.Find(checkout, options.Slug);
        var prepared = PreparedNotebook.From(checkout, entry, options);
        var run = await new NotebookRunner(checkout, options with { Pictures = true }, view).RunAsync(prepared, cancellationToken).ConfigureAwait(false);
        return run.Outcome == RunOutcome.Completed ? new SavedRun(run, Write(prepared, run)) : new SavedRun(run, []);
    }

    private List<string> Write(PreparedNotebook prepared, RunResult run)
    {
        var (slug, path) = (prepared.Entry.Slug, prepared.Entry.Path);
        if (run.Record is not { } record)
            throw new CliException($"{slug} is not saved: it emitted no record (run.Finish() in its last cell does).", ExitCodes.Failed);
        var bytes = NotebookFile.Bytes(prepared.Notebook);
        if (bytes.Length > SizeLimit)
            throw new CliException(string.Create(CultureInfo.InvariantCulture, $"{slug} is not saved: with its outputs it would be {bytes.Length / 1e6:F2} MB, and a committed notebook holds at most {SizeLimit / 1e6:F1} MB ({run.Pictures}). Show fewer figures, or fewer points in them. The executed notebook is {checkout.Show(run.NotebookPath)}."), ExitCodes.Failed);

        // The file that is committed with this record, so that the next run of it unchanged gives the same hash.
        record["notebookSha256"] = NotebookHash.OfBytes(bytes);
        var recordPath = Path.Combine(checkout.Results, Path.GetFileName(run.RecordPath!));
        AtomicFile.Write(path, bytes);
        AtomicFile.Write(recordPath, RunRecordFile.Serialize(record));
        AtomicFile.Write(NotebookIndex.PathOf(checkout), NotebookIndex.Text(checkout));
        return [path, recordPath, NotebookIndex.PathOf(checkout)];
    }
}

/// <summary>A run that was to be saved, and the files that were; none where the run failed.</summary>
internal sealed record SavedRun(RunResult Run, IReadOnlyList<string> Paths);
