using System.Diagnostics;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Running;

/// <summary>Runs a prepared notebook in a session of its own and keeps what it has on disk after every cell.</summary>
internal sealed class NotebookRunner(Checkout checkout, RunOptions options, IRunView view)
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);

    internal async Task<RunResult> RunAsync(PreparedNotebook prepared, CancellationToken interrupted)
    {
        var clock = Stopwatch.StartNew();
        using var limit = new CancellationTokenSource();
        if (options.Timeout is { } timeout) limit.CancelAfter(timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(interrupted, limit.Token);

        var paths = new RunPaths(options.OutFolder, prepared.Entry.Slug);
        var outputs = new NotebookOutputs();
        var result = await RunCellsAsync(prepared, outputs, paths, stop.Token).ConfigureAwait(false);
        if (stop.IsCancellationRequested && result.Outcome != RunOutcome.Completed)
        {
            result = result with { Outcome = interrupted.IsCancellationRequested ? RunOutcome.Interrupted : RunOutcome.TimedOut };
        }
        AtomicFile.Write(paths.Html, HtmlPage.Render(prepared.Notebook, prepared.Entry, outputs.PlotlyScript));
        result = result with { Wall = clock.Elapsed, HtmlPath = paths.Html };
        // After the page, whose figures draw themselves.
        if (options.Pictures && result.Outcome == RunOutcome.Completed)
        {
            result = result with { Pictures = await NotebookPictures.AddAsync(prepared.Notebook, outputs.PlotlyScript).ConfigureAwait(false) };
        }
        NotebookFile.Write(paths.Notebook, prepared.Notebook);
        if (outputs.Record is null || result.Outcome != RunOutcome.Completed) return result;

        var record = RunRecordFile.Complete(outputs.Record, prepared, LibraryHash.Of(checkout, prepared.Notebook), result.Wall);
        var recordPath = paths.Record(RunRecordFile.Scale(record) ?? options.Scale ?? "workshop");
        AtomicFile.Write(recordPath, RunRecordFile.Serialize(record));
        return result with { Record = record, RecordPath = recordPath };
    }

    private async Task<RunResult> RunCellsAsync(PreparedNotebook prepared, NotebookOutputs outputs, RunPaths paths, CancellationToken stop)
    {
        var ended = new RunResult(RunOutcome.Completed, TimeSpan.Zero) { NotebookPath = paths.Notebook };
        await using var session = SessionProcess.Start(Path.GetDirectoryName(prepared.Entry.Path)!, SettingVariables.From(checkout, options));
        await using var cancelling = stop.Register(() => _ = EndAsync(session));
        foreach (var (cell, position) in prepared.CodeCells())
        {
            if (stop.IsCancellationRequested) return ended with { Outcome = RunOutcome.Interrupted, EndedAt = position };
            var (finished, error) = await RunCellAsync(session, cell, position, outputs).ConfigureAwait(false);
            NotebookFile.Write(paths.Notebook, prepared.Notebook);
            if (error is not null) return ended with { Outcome = RunOutcome.CellFailed, EndedAt = position, Error = error, ErrorSource = SourceLine(cell, error) };
            if (!finished) return ended with { Outcome = RunOutcome.SessionDied, EndedAt = position, LastWords = LastWords(cell) };
        }
        return ended;
    }

    private async Task<(bool Finished, CellError? Error)> RunCellAsync(SessionProcess session, NotebookCell cell, CellPosition position, NotebookOutputs outputs)
    {
        var clock = Stopwatch.StartNew();
        var finished = false;
        CellError? error = null;
        cell.ExecutionCount = position.Number;
        view.CellStarted(position);
        await foreach (var happened in session.RunAsync(position.Number, cell.Source).ConfigureAwait(false))
        {
            outputs.Add(cell, happened);
            if (KitProgress.From(happened.Data) is { } progress) view.Progress(progress);
            error ??= happened.Error;
            finished = happened.Kind == EventKind.Done;
        }
        view.CellFinished(position, clock.Elapsed, failed: error is not null || !finished);
        return (finished, error);
    }

    // A cell that awaits or polls its token ends on Cancel; any other ends with its process.
    private static async Task EndAsync(SessionProcess session)
    {
        session.Cancel();
        await Task.Delay(CancelGrace).ConfigureAwait(false);
        session.Kill();
    }

    private static IReadOnlyList<string> LastWords(NotebookCell cell) =>
        [.. cell.Outputs.Where(output => (string?)output!["name"] == "stderr").SelectMany(output => MultilineText.Join(output!["text"]).TrimEnd().Split('\n')).TakeLast(8)];

    private static string? SourceLine(NotebookCell cell, CellError error)
    {
        var lines = cell.Source.Split('\n');
        return error.Line >= 1 && error.Line <= lines.Length ? lines[error.Line - 1].Trim() : null;
    }
}
