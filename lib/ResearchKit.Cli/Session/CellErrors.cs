using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Events;

namespace ResearchKit.Cli.Session;

/// <summary>What failed in a cell and at which of its lines.</summary>
internal static partial class CellErrors
{
    internal static CellError From(CommandFailed failed, string code, IReadOnlyList<Diagnostic> diagnostics)
    {
        if (DiagnosticFilter.FirstError(diagnostics) is { } error)
        {
            return new CellError("CompilationError", failed.Message, failed.Message.Split('\n'), IsSplit(code) ? 0 : DiagnosticFilter.Line(error));
        }
        if (failed.Exception is not { } exception) return new CellError("Error", failed.Message, failed.Message.Split('\n'), 0);
        return new CellError(exception.GetType().FullName!, exception.Message, Traceback(exception), LineIn(exception, code));
    }

    /// <summary>
    /// The error of a cell that was told to end: where it stood, without the engine's several words for it, and what
    /// <paramref name="thrown"/> says where the cell answered the cancellation itself.
    /// </summary>
    internal static CellError Interrupted(CellError error, Exception? thrown)
    {
        var own = thrown is OperationCanceledException and not TaskCanceledException && thrown.Message != new OperationCanceledException().Message ? $" {thrown.Message}" : "";
        var message = $"The cell was interrupted.{own} What earlier cells defined is kept: run this cell again, or go on with another.";
        return error with { Name = "Interrupted", Message = message, Traceback = [message, .. error.Traceback.Skip(1)] };
    }

    private static List<string> Traceback(Exception exception)
    {
        var lines = exception.ToString().Split('\n').Select(line => line.TrimEnd('\r')).ToList();
        // Below the cell's own frames stand the engine's.
        var engine = lines.FindIndex(line => line.Contains(" Microsoft.CodeAnalysis.Scripting.", StringComparison.Ordinal));
        if (engine < 0) return lines;
        while (engine > 1 && lines[engine - 1].StartsWith("---", StringComparison.Ordinal)) engine--;
        return lines[..engine];
    }

    // Around a magic command the engine cuts a cell into submissions whose lines count anew.
    private static bool IsSplit(string code) => code.StartsWith("#!", StringComparison.Ordinal) || code.Contains("\n#!", StringComparison.Ordinal);

    // The frame named <<Initialize>> is the cell's top level: its submission is the running cell, others are earlier cells.
    private static int LineIn(Exception exception, string code)
    {
        var stack = Frames(exception);
        if (IsSplit(code)) return 0;
        if (TopLevelFrame().Match(stack) is not { Success: true } topLevel) return 0;
        var submission = topLevel.Groups["submission"].Value;
        var lines = code.Count(letter => letter == '\n') + 1;
        foreach (Match match in SubmissionFrame().Matches(stack))
        {
            var line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
            if (match.Groups["submission"].Value == submission && line >= 1 && line <= lines) return line;
        }
        return 0;
    }

    // Innermost first, as an exception's own text has them; an error that is shown without its trace still has it.
    private static string Frames(Exception exception) =>
        exception.InnerException is { } inner ? $"{Frames(inner)}\n{exception.StackTrace}" : exception.StackTrace ?? "";

    [GeneratedRegex(@"at Submission#(?<submission>\d+)\.<<Initialize>>")]
    private static partial Regex TopLevelFrame();

    [GeneratedRegex(@"^\s+at Submission#(?<submission>\d+)\b.*:line (?<line>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex SubmissionFrame();
}
