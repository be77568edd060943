namespace ResearchKit.Cli.Linting;

internal enum Severity
{
    Warning,
    Error,
}

/// <summary>One thing that breaks a rule; the cell's number counts all cells from 1, and 0 means the whole notebook.</summary>
internal sealed record LintFinding(Severity Severity, int Cell, string Text)
{
    internal static LintFinding Error(int cell, string text) => new(Severity.Error, cell, text);

    internal static LintFinding Warning(int cell, string text) => new(Severity.Warning, cell, text);

    public override string ToString() => $"{(Cell > 0 ? $"cell {Cell}: " : "")}{(Severity == Severity.Error ? "error" : "warning")}: {Text}";
}
