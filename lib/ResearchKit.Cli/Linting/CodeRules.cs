using Microsoft.CodeAnalysis;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>Code cells are short, their lines fit a screen, and they are C#.</summary>
internal static class CodeRules
{
    private const int LongestCell = 40;
    private const int LongCell = 25;
    private const int LongLine = 130;

    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            if (!cell.IsCode) continue;
            var lines = cell.Source.TrimEnd().Split('\n');
            if (lines.Length > LongestCell) yield return LintFinding.Error(index + 1, $"the cell has {lines.Length} lines, and {LongestCell} are the most: give it to two cells");
            else if (lines.Length > LongCell) yield return LintFinding.Warning(index + 1, $"the cell has {lines.Length} lines; under {LongCell} read better");
            foreach (var (line, text) in lines.Index())
            {
                if (text.TrimEnd().Length > LongLine) yield return LintFinding.Warning(index + 1, $"line {line + 1} has {text.TrimEnd().Length} characters; up to {LongLine} fit a screen");
            }
            if (CellCode.Parse(cell.Source).GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) is { } fault)
            {
                var line = fault.Location.GetLineSpan().StartLinePosition.Line + 1;
                yield return LintFinding.Error(index + 1, $"line {line} is not C#: {fault.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
            }
        }
    }
}
