namespace ResearchKit.Cli.Notebooks;

internal static class MarkdownHeadings
{
    /// <summary>The headings of a Markdown text that begin with #, in their order; what is fenced is code.</summary>
    internal static IEnumerable<(int Level, string Text)> Of(string markdown)
    {
        var fenced = false;
        foreach (var line in markdown.Split('\n'))
        {
            if (line.StartsWith("```", StringComparison.Ordinal)) fenced = !fenced;
            var level = line.TakeWhile(letter => letter == '#').Count();
            if (!fenced && level >= 1 && line.Length > level && line[level] == ' ') yield return (level, line[level..].Trim());
        }
    }
}
