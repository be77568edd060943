using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>The house's rules for a notebook and for its solutions.</summary>
internal static class NotebookLint
{
    /// <summary>The findings of the notebook and, where there is one, of its solutions' file.</summary>
    internal static IReadOnlyList<(string Path, LintFinding Finding)> Check(Checkout checkout, NotebookEntry entry)
    {
        var solutionsPath = Solutions.PathOf(checkout, entry);
        var (notebook, fault) = Read(entry.Path);
        var (solutions, solutionsFault) = File.Exists(solutionsPath) ? Read(solutionsPath) : (null, null);
        var findings = new List<(string, LintFinding)>();
        foreach (var (path, text) in new[] { (entry.Path, fault), (solutionsPath, solutionsFault) }) if (text is not null) findings.Add((path, LintFinding.Error(0, text)));
        if (notebook is not null) findings.AddRange(OfNotebook(checkout, entry, notebook, solutions).Select(finding => (entry.Path, finding)));
        if (solutions is not null) findings.AddRange(OfSolutions(notebook, solutions).Select(finding => (solutionsPath, finding)));
        return findings;
    }

    private static IEnumerable<LintFinding> OfNotebook(Checkout checkout, NotebookEntry entry, Notebook notebook, Notebook? solutions) => Sorted(
    [
        // A notebook at the root is a tour: it has sections of its own.
        .. entry.Theme == "." ? [] : SectionRules.Check(notebook),
        .. General(notebook),
        .. SetUpRules.Check(checkout, entry, notebook),
        .. ClaimRules.Check(notebook),
        .. ExerciseRules.Check(notebook, solutions),
    ]);

    private static IEnumerable<LintFinding> OfSolutions(Notebook? notebook, Notebook solutions) =>
        Sorted([.. General(solutions), .. notebook is null ? [] : ExerciseRules.CheckSolutions(notebook, solutions)]);

    private static IEnumerable<LintFinding> General(Notebook notebook) =>
        [.. MetadataRules.Check(notebook), .. CodeRules.Check(notebook), .. TextRules.Check(notebook), .. OutputRules.Check(notebook)];

    private static IEnumerable<LintFinding> Sorted(IReadOnlyList<LintFinding> findings) =>
        findings.OrderBy(finding => finding.Cell).ThenByDescending(finding => finding.Severity);

    private static (Notebook? Notebook, string? Fault) Read(string path)
    {
        try
        {
            return (NotebookFile.Read(path), null);
        }
        catch (CliException error)
        {
            return (null, error.Message);
        }
    }
}
