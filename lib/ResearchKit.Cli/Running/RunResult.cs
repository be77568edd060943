using System.Text.Json.Nodes;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Running;

internal enum RunOutcome
{
    Completed,
    CellFailed,
    TimedOut,
    Interrupted,
    SessionDied,
}

/// <summary>How a run ended and what it wrote.</summary>
internal sealed record RunResult(RunOutcome Outcome, TimeSpan Wall)
{
    internal int ExitCode => Outcome switch
    {
        RunOutcome.Completed => ExitCodes.Success,
        RunOutcome.TimedOut => ExitCodes.TimedOut,
        RunOutcome.Interrupted => ExitCodes.Interrupted,
        _ => ExitCodes.Failed,
    };

    /// <summary>The cell that was running when the run ended early.</summary>
    internal CellPosition? EndedAt { get; init; }

    internal CellError? Error { get; init; }

    /// <summary>The source line that <see cref="Error"/> names, or null.</summary>
    internal string? ErrorSource { get; init; }

    /// <summary>The last lines on standard error of a session that ended by itself.</summary>
    internal IReadOnlyList<string> LastWords { get; init; } = [];

    internal JsonObject? Record { get; init; }

    internal required string NotebookPath { get; init; }

    /// <summary>The pictures made of the figures; null where none were asked for.</summary>
    internal PictureReport? Pictures { get; init; }

    internal string? HtmlPath { get; init; }

    internal string? RecordPath { get; init; }
}
