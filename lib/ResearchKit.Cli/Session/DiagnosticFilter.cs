using Microsoft.CodeAnalysis;
using Diagnostic = Microsoft.DotNet.Interactive.Diagnostic;

namespace ResearchKit.Cli.Session;

/// <summary>Which of the compiler's findings a reader of the notebook is shown.</summary>
internal static class DiagnosticFilter
{
    // Version unification of referenced assemblies and nullable annotations in scripts: nothing a cell's author can mend.
    private static readonly HashSet<string> Unhelpful = ["CS1701", "CS1702", "CS8632", "CS8669"];

    internal static IEnumerable<string> Warnings(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning && !Unhelpful.Contains(diagnostic.Code))
            .Select(diagnostic => $"({Line(diagnostic)},{diagnostic.LinePositionSpan.Start.Character + 1}): warning {diagnostic.Code}: {diagnostic.Message}\n")
            .Distinct();

    internal static Diagnostic? FirstError(IEnumerable<Diagnostic> diagnostics) =>
        diagnostics.FirstOrDefault(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    internal static int Line(Diagnostic diagnostic) => diagnostic.LinePositionSpan.Start.Line + 1;
}
