using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Notebooks;

namespace ResearchKit.Cli.Book;

/// <summary>The book's first page: its chapters by theme, each with what it asks and what came out.</summary>
internal static class IndexPage
{
    internal static string Render(IReadOnlyList<BookChapter> chapters)
    {
        var page = new StringBuilder();
        page.Append("<main class=\"index\">\n<h1>ResearchKit</h1>\n");
        page.Append("<p class=\"intro\">Methods of aligning and calibrating language models, one notebook a paper: each states what the paper claims, ");
        page.Append("trains what it compares, and computes a verdict on every claim from several seeds. Workshop scale: a laptop's two cores, a few minutes.</p>\n");
        if (chapters.Count == 0) page.Append("<p>There are no notebooks yet.</p>\n");
        foreach (var theme in chapters.GroupBy(chapter => chapter.Theme))
        {
            page.Append($"<section class=\"theme\">\n<h2 id=\"{WebUtility.HtmlEncode(theme.First().Entry.Theme.Replace('/', '-'))}\">{WebUtility.HtmlEncode(theme.Key)}</h2>\n");
            foreach (var chapter in theme) page.Append(Card(chapter));
            page.Append("</section>\n");
        }
        return page.Append("</main>\n").ToString();
    }

    private static string Card(BookChapter chapter)
    {
        var facts = new List<string>();
        if (chapter.Judged is { } record)
        {
            if (record["seeds"] is JsonArray seeds) facts.Add(Count(seeds.Count, "seed"));
            if (record["wallSeconds"] is JsonValue seconds && seconds.GetValueKind() == System.Text.Json.JsonValueKind.Number) facts.Add((seconds.GetValue<double>() / 60).ToString("0.0", CultureInfo.InvariantCulture) + " minutes");
        }
        if (Exercise.Of(chapter.Notebook).Count is > 0 and var exercises) facts.Add(Count(exercises, "exercise"));
        if (chapter.Execution == Execution.None) facts.Add("not executed: text and code only");
        return $"""
            <article class="card">
            <h3><a href="{chapter.File}"><span class="number">{chapter.Number}</span> {WebUtility.HtmlEncode(chapter.Title)}</a></h3>
            <p>{Question(chapter.Notebook)}</p>
            <p class="facts">{ChapterPage.Badges(chapter)} <span>{string.Join(" · ", facts)}</span></p>
            </article>

            """;
    }

    // The first paragraph under "The question", or else of the notebook.
    private static string Question(Notebook notebook)
    {
        if (notebook.Cells.FirstOrDefault(cell => cell.IsMarkdown) is not { } first) return "";
        const string Heading = "## The question";
        var at = first.Source.IndexOf(Heading, StringComparison.Ordinal);
        var text = at < 0 ? first.Source : first.Source[(at + Heading.Length)..];
        var paragraph = text.Split("\n").SkipWhile(line => line.Trim().Length == 0 || line.StartsWith('#')).TakeWhile(line => line.Trim().Length > 0);
        return MarkdownHtml.Inline(string.Join('\n', paragraph));
    }

    private static string Count(int number, string noun) => string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");
}
