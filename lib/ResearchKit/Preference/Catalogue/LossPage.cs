using System.Text;

namespace ResearchKit.Preference;

/// <summary>docs/losses.md, written from <see cref="LossCatalogue"/>.</summary>
public static class LossPage
{
    /// <summary>The whole page as Markdown with TeX, lines ended by line feeds.</summary>
    /// <param name="notebooks">The slugs of the notebooks that call a routine: the library itself knows no notebook.</param>
    public static string Markdown(Func<Type, IReadOnlyList<string>> notebooks)
    {
        ArgumentNullException.ThrowIfNull(notebooks);
        var page = new StringBuilder();
        page.Append("# Preference losses\n\n<!-- Generated from lib/ResearchKit/Preference/Catalogue: RESEARCHKIT_UPDATE=1 dotnet test --filter LossCatalogue -->\n\n");
        page.Append("Every loss is a pure function: tensors in, losses and detached rewards out. $\\rho$ is an answer's log-ratio ");
        page.Append("$\\log\\pi-\\log\\pi_{ref}$ summed over its tokens, $l$ its log-probability, a bar a mean per token, ");
        page.Append("$w$ the chosen and $l$ the rejected answer, $D$ a sequential KL. \"Golden\" names the recorded numbers of official code that a test reproduces.\n\n");
        page.Append("| loss | routine | reference | pairs | golden | notebooks |\n|---|---|---|---|---|---|\n");
        foreach (var entry in LossCatalogue.All)
        {
            page.Append($"| [{entry.Name}](#{Anchor(entry.Name)}) | `{entry.Routine.Name}` | {YesNo(entry.Reference)} | {YesNo(entry.Paired)} | {List(entry.Golden)} | {List(notebooks(entry.Routine))} |\n");
        }
        Section(page, "Of the margin", LossCatalogue.Margin);
        Section(page, "With an absolute term", LossCatalogue.Absolute);
        Section(page, "Without a reference", LossCatalogue.ReferenceFree);
        return page.ToString();
    }

    private static void Section(StringBuilder page, string title, IReadOnlyList<LossEntry> entries)
    {
        page.Append($"\n## {title}\n");
        foreach (var entry in entries)
        {
            page.Append($"\n### {entry.Name}\n\n$${entry.Equation}$$\n\n`{entry.Call}`\n\n- Assumes: {entry.Assumes}.\n- Source: {entry.Source}.\n");
        }
    }

    // GitHub's anchors: lower case, spaces to hyphens, other punctuation dropped.
    private static string Anchor(string name) =>
        new([.. name.ToLowerInvariant().Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-').Select(letter => letter == ' ' ? '-' : letter)]);

    private static string YesNo(bool value) => value ? "yes" : "no";

    private static string List(IReadOnlyList<string> names) => names.Count == 0 ? "-" : string.Join(", ", names);
}
