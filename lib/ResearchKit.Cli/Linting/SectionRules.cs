using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Linting;

/// <summary>Every section is there, in the order of a paper; others may stand between them.</summary>
internal static class SectionRules
{
    internal static IReadOnlyList<string> Sections { get; } =
    [
        "The question", "Set-up", "The world", "The method, by hand", "The baselines", "Train", "Measure", "The paper's key figure",
        "The table beside the paper's", "Ablation", "Claims and verdicts", "Exercises", "At paper scale",
    ];

    internal static IEnumerable<LintFinding> Check(Notebook notebook)
    {
        if (notebook.Title is null) yield return LintFinding.Error(1, "the notebook has no title: its first cell begins with \"# Title\"");
        var headings = notebook.Cells.Index().Where(cell => cell.Item.IsMarkdown)
            .SelectMany(cell => MarkdownHeadings.Of(cell.Item.Source).Where(heading => heading.Level == 2).Select(heading => (Number: cell.Index + 1, Text: Key(heading.Text)))).ToList();
        var last = (Section: "", Place: -1);
        foreach (var section in Sections)
        {
            var place = headings.FindIndex(heading => heading.Text == Key(section) || heading.Text.StartsWith(Key(section) + " ", StringComparison.Ordinal));
            if (place < 0)
            {
                yield return LintFinding.Error(0, $"the section \"## {section}\" is missing");
                continue;
            }
            if (place < last.Place) yield return LintFinding.Error(headings[place].Number, $"\"## {section}\" stands before \"## {last.Section}\", and its place is after it");
            else last = (section, place);
        }
    }

    // "The method, by hand" and "The method by hand" are one section.
    private static string Key(string heading) =>
        string.Join(' ', new string([.. heading.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '\'' ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
