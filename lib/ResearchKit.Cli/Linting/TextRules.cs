using ResearchKit.Cli.Export;
using ResearchKit.Cli.Export.Math;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>Every formula is one that the page's renderer draws; no source names a place of one machine.</summary>
internal static class TextRules
{
    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        foreach (var (index, cell) in notebook.Cells.Index())
        {
            if (cell.IsMarkdown)
            {
                foreach (var tex in MarkdownHtml.Formulas(cell.Source))
                {
                    if (TexToMathMl.Fault(tex) is { } fault) yield return LintFinding.Error(index + 1, $"the formula {Short(tex)} is not drawn: {fault}");
                }
            }
            foreach (var path in MachinePaths.In(cell.Source)) yield return LintFinding.Error(index + 1, $"the source names a place of one machine: {path}");
        }
    }

    private static string Short(string tex) => tex.Trim() is { Length: > 50 } text ? text[..50] + "..." : tex.Trim();
}
