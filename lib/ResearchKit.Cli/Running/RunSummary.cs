using System.Globalization;
using ResearchKit.Cli.Files;
using Spectre.Console;

namespace ResearchKit.Cli.Running;

/// <summary>What a run leaves in the terminal: tables and verdicts, or what failed and where, and the paths written.</summary>
internal static class RunSummary
{
    internal static void Print(IAnsiConsole console, Checkout checkout, string slug, RunOptions options, RunResult result)
    {
        // Written as they are: a wrapped path or error message is hard to copy and to search.
        var output = console.Profile.Out.Writer;
        if (result.Outcome == RunOutcome.Completed) RecordTables.Print(console, result.Record);
        else foreach (var line in Failure(slug, options, result)) output.WriteLine(line);

        var wall = result.Wall.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        output.WriteLine(result.Outcome == RunOutcome.Completed ? $"{slug} ran in {wall} s. Written:" : $"After {wall} s; what was executed is kept:");
        foreach (var path in new[] { result.NotebookPath, result.HtmlPath, result.RecordPath }.OfType<string>()) output.WriteLine($"  {checkout.Show(path)}");
        if (result.Pictures is { } pictures) output.WriteLine($"  {pictures}");
        if (result.Outcome == RunOutcome.Completed && result.Record is null) output.WriteLine("  no record: the notebook did not emit one (run.Finish() in its last cell does)");
    }

    private static IEnumerable<string> Failure(string slug, RunOptions options, RunResult result)
    {
        var where = result.EndedAt is { } cell ? $"code cell {cell.Number} of {cell.Total} ({cell.Heading})" : "its start";
        switch (result.Outcome)
        {
            case RunOutcome.TimedOut:
                yield return $"{slug} ran out of its {options.Timeout!.Value.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s in {where}.";
                yield break;
            case RunOutcome.Interrupted:
                yield return $"{slug} was interrupted in {where}.";
                yield break;
            case RunOutcome.SessionDied:
                yield return $"{slug}: the session's process ended by itself in {where}; a native library may have crashed or memory run out.";
                foreach (var line in result.LastWords) yield return $"    {line}";
                yield break;
        }
        var error = result.Error!;
        yield return $"{slug} failed in {where}{(error.Line > 0 ? $", line {error.Line}:" : ".")}";
        if (result.ErrorSource is { } source) yield return $"    {source}";
        foreach (var line in error.Traceback) yield return line;
    }
}
