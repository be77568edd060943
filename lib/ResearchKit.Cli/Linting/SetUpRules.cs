using System.Text.RegularExpressions;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>The first code cell is the set-up: it references the built kit by the right relative path and starts it under the notebook's slug.</summary>
internal static partial class SetUpRules
{
    internal static IEnumerable<LintFinding> Check(Checkout checkout, NotebookEntry entry, Notebook notebook)
    {
        var found = notebook.Cells.Index().FirstOrDefault(cell => cell.Item.IsCode);
        if (found.Item is not { } cell)
        {
            yield return LintFinding.Error(0, "the notebook has no code cells");
            yield break;
        }
        var number = found.Index + 1;
        if (!cell.Tags.Contains("setup")) yield return LintFinding.Error(number, "the first code cell is not the set-up cell: it lacks the tag setup");
        if (!cell.Source.Contains($"Kit.Start(\"{entry.Slug}\")", StringComparison.Ordinal)) yield return LintFinding.Error(number, $"the set-up cell does not call Kit.Start(\"{entry.Slug}\")");
        var references = Reference().Matches(cell.Source).Select(match => match.Groups[1].Value).ToList();
        if (references.Count == 0) yield return LintFinding.Error(number, "the set-up cell references no assembly of the kit (#r \"...\")");
        var right = KitReference.FolderFrom(checkout, Path.GetDirectoryName(entry.Path)!);
        foreach (var reference in references.Where(reference => reference[..(reference.LastIndexOf('/') + 1)].TrimEnd('/') != right))
        {
            yield return LintFinding.Error(number, $"#r \"{reference}\": from this notebook's folder the kit is {right}/");
        }
        if (notebook.Tagged("parameters") is null) yield return LintFinding.Error(0, "no cell is tagged parameters");
        if (notebook.Cells.Select((other, index) => (other, index)).FirstOrDefault(pair => pair.other.Tags.Contains("injected-parameters")) is { other: not null } injected)
        {
            yield return LintFinding.Error(injected.index + 1, "a cell that a run injected is not to be committed");
        }
    }

    [GeneratedRegex("""^#r "([^"]+)" *$""", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
