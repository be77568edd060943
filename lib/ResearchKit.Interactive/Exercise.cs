using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace ResearchKit.Interactive;

/// <summary>Self-checks of a notebook's exercises.</summary>
public static class Exercise
{
    /// <summary>Shows whether an exercise is solved and notes it in the run's record. A check that throws is "not yet": a stub stops no notebook.</summary>
    /// <param name="run">The run.</param>
    /// <param name="id">The exercise's letter.</param>
    /// <param name="what">What is checked, in a sentence.</param>
    /// <param name="check">True when the solution holds.</param>
    [SuppressMessage("Design", "CA1031", Justification = "a learner's code may throw anything")]
    public static void Check(NotebookRun run, string id, string what, Func<bool> check)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(check);
        var (passed, hint) = (false, "");
        try
        {
            passed = check();
        }
        catch (Exception error)
        {
            hint = error is NotImplementedException ? "the stub is still there" : $"{error.GetType().Name}: {error.Message}";
        }
        run.Note(id, passed);
        Session.Display(new ExerciseOutcome(id, what, passed, hint));
    }
}

/// <summary>What a check found.</summary>
internal sealed record ExerciseOutcome(string Id, string What, bool Passed, string Hint)
{
    internal string ToHtml() =>
        $"<div><span style=\"color:{(Passed ? "#1a9850" : "#c98500")};font-weight:600\">{(Passed ? "✓ passed" : "○ not yet")}</span> {WebUtility.HtmlEncode(Rest)}</div>";

    public override string ToString() => $"{(Passed ? "✓ passed" : "○ not yet")} {Rest}";

    private string Rest => $"Exercise {Id}: {What}{(Hint.Length > 0 ? $" ({Hint})" : "")}";
}
