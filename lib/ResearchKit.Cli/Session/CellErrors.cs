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
            return new CellError("CompilationError", failed.Message, failed.Message.Split('\n'), DiagnosticFilter.Line(error));
        }
        if (failed.Exception is not { } exception) return new CellError("Error", failed.Message, failed.Message.Split('\n'), 0);
        return new CellError(exception.GetType().FullName!, exception.Message, exception.ToString().Split('\n'), LineIn(exception, code));
    }

    private static int LineIn(Exception exception, string code)
    {
        var lines = code.Count(letter => letter == '\n') + 1;
        foreach (Match match in SubmissionFrame().Matches(exception.ToString()))
        {
            var line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
            if (line >= 1 && line <= lines) return line;
        }
        return 0;
    }

    [GeneratedRegex(@"^\s+at Submission#\d+.*:line (?<line>\d+)\s*$", RegexOptions.Multiline)]
    private static partial Regex SubmissionFrame();
}
