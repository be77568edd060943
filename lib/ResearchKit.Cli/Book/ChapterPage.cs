using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;

namespace ResearchKit.Cli.Book;

/// <summary>A chapter: contents at the side, the notebook, the chapters before and after it.</summary>
internal static class ChapterPage
{
    /// <summary>The notebook itself, and its headings as they came.</summary>
    internal static (string Html, PageOutline Outline) Body(Checkout checkout, BookChapter chapter, Func<string, string?> address)
    {
        var outline = new PageOutline();
        var context = new MarkdownContext(Path.GetDirectoryName(chapter.Entry.Path)!) { Outline = outline, Address = address };
        var exercises = Exercise.Of(chapter.Notebook).Where(exercise => exercise.Start is not null).ToList();
        var html = new StringBuilder();
        foreach (var cell in chapter.Notebook.Cells)
        {
            if (exercises.FirstOrDefault(exercise => exercise.Text!.Json == cell.Json) is { } begins) html.Append(CellHtml.Render(With(cell, cell.Source[..begins.Start!.Value].TrimEnd()), context));
            else if (exercises.FirstOrDefault(exercise => exercise.Stub.Json == cell.Json) is { } exercise) html.Append(ExerciseHtml(checkout, chapter.Entry, exercise, context));
            else if (exercises.All(other => other.Check?.Json != cell.Json)) html.Append(CellHtml.Render(cell, context));
        }
        return (html.ToString(), outline);
    }

    internal static string Render(BookChapter chapter, string body, PageOutline outline, BookChapter? previous, BookChapter? next)
    {
        var page = new StringBuilder();
        page.Append("<div class=\"layout\">\n<aside class=\"contents\"><nav aria-label=\"Contents of this chapter\">\n<p>").Append(WebUtility.HtmlEncode(chapter.Title)).Append("</p>\n<ol>\n");
        foreach (var heading in outline.Headings.Where(heading => heading.Level is 2 or 3))
        {
            page.Append($"<li class=\"level{heading.Level}\"><a href=\"#{heading.Id}\">{heading.Html}</a></li>\n");
        }
        page.Append("</ol>\n</nav></aside>\n<main>\n");
        page.Append($"<p class=\"lead\"><span>Chapter {chapter.Number} · {WebUtility.HtmlEncode(chapter.Theme)}</span> {Badges(chapter)}</p>\n");
        page.Append(body);
        page.Append($"<p class=\"provenance\">{Provenance(chapter)}</p>\n<nav class=\"pager\" aria-label=\"Chapters\">");
        if (previous is not null) page.Append($"<a class=\"previous\" rel=\"prev\" href=\"{previous.File}\"><small>Previous</small> {WebUtility.HtmlEncode(previous.Title)}</a>");
        if (next is not null) page.Append($"<a class=\"next\" rel=\"next\" href=\"{next.File}\"><small>Next</small> {WebUtility.HtmlEncode(next.Title)}</a>");
        page.Append("</nav>\n</main>\n</div>\n");
        return page.ToString();
    }

    internal static string Badges(BookChapter chapter)
    {
        if (chapter.Judged is not { } record) return "<span class=\"badge open\">not judged yet</span>";
        var badges = RunRecordFile.VerdictCounts(record).Select(count => count.Verdict switch
        {
            "reproduced" => $"<span class=\"badge good\">✓ {count.Count} reproduced</span>",
            "not reproduced" => $"<span class=\"badge bad\">✗ {count.Count} not reproduced</span>",
            var other => $"<span class=\"badge open\">? {count.Count} {WebUtility.HtmlEncode(other)}</span>",
        });
        return string.Join(' ', badges);
    }

    private static string Provenance(BookChapter chapter)
    {
        if (chapter.Execution == Execution.None) return $"This notebook was not executed: here are its text and its code. <code>./rk run {chapter.Entry.Slug}</code> executes it.";
        var from = chapter.Execution == Execution.Committed ? "Outputs as committed with the notebook" : "Outputs of the last run on the machine that built this book";
        if (chapter.Run is not { } run) return $"{from}.";
        var seeds = (run["seeds"] as JsonArray)?.Count ?? 0;
        var scale = WebUtility.HtmlEncode(RunRecordFile.Scale(run) ?? "unknown");
        var smoke = scale == "smoke" ? "; that scale only shows that the path runs, and its verdicts are not judged" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{from}: {scale} scale, {seeds} seed{(seeds == 1 ? "" : "s")}{smoke}.");
    }

    private static string ExerciseHtml(Checkout checkout, NotebookEntry entry, Exercise exercise, MarkdownContext context)
    {
        var solution = exercise.IsSolved(checkout, entry)
            ? $"The solution is the cell tagged <code>{exercise.StubTag}</code> of <code>{checkout.Show(Solutions.PathOf(checkout, entry)).Replace('\\', '/')}</code>; <code>./rk run {entry.Slug} --solutions</code> runs it."
            : "It has no solution yet.";
        var check = exercise.Check is { } cell ? CellHtml.Render(cell, context) : "";
        return $"<details class=\"exercise\" id=\"exercise-{exercise.Id}\">\n<summary><b>{exercise.Id}. {MarkdownHtml.Inline(exercise.Title)}</b> <span>{exercise.Difficulty}, {exercise.Minutes} minutes</span></summary>\n"
            + CellHtml.Render(With(exercise.Text!, exercise.Statement), context) + CellHtml.Render(exercise.Stub, context) + check + $"<p class=\"solution\">{solution}</p>\n</details>\n";
    }

    private static NotebookCell With(NotebookCell cell, string source) => new((JsonObject)cell.Json.DeepClone()) { Source = source };
}
