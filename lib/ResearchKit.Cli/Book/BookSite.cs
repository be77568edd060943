using System.Net;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Files;

namespace ResearchKit.Cli.Book;

/// <summary>Writes the book: a page for each chapter, the index, and what all pages share.</summary>
internal static class BookSite
{
    /// <summary>Builds the site into the folder and gives its chapters.</summary>
    /// <param name="checkout">The repository.</param>
    /// <param name="folder">Where the site is written.</param>
    /// <param name="plotly">Gives plotly.js's code; asked for only where a chapter has figures.</param>
    internal static async Task<IReadOnlyList<BookChapter>> WriteAsync(Checkout checkout, string folder, Func<Task<string>> plotly)
    {
        var chapters = BookChapter.All(checkout);
        var files = chapters.ToDictionary(chapter => chapter.Entry.Path, chapter => chapter.File, StringComparer.Ordinal);
        var bodies = chapters.Select(chapter => ChapterPage.Body(checkout, chapter, path => files.GetValueOrDefault(path))).ToList();
        foreach (var (index, chapter) in chapters.Index())
        {
            var (body, outline) = bodies[index];
            var content = ChapterPage.Render(chapter, body, outline, chapters.ElementAtOrDefault(index - 1), chapters.ElementAtOrDefault(index + 1));
            AtomicFile.Write(Path.Combine(folder, chapter.File), Page(chapter.Title, content, HasFigures(body)));
        }
        AtomicFile.Write(Path.Combine(folder, "index.html"), Page("ResearchKit", IndexPage.Render(chapters), figures: false));
        AtomicFile.Write(Path.Combine(folder, "assets", "search.js"), SearchIndex.Script(chapters.Zip(bodies, (chapter, body) => (chapter, body.Html))));
        foreach (var name in (string[])["page.css", "page.js", "book.css", "book.js"]) AtomicFile.Write(Path.Combine(folder, "assets", name), EmbeddedText.Read(name));
        if (bodies.Any(body => HasFigures(body.Html))) AtomicFile.Write(Path.Combine(folder, "assets", "plotly.js"), await plotly().ConfigureAwait(false));
        return chapters;
    }

    private static bool HasFigures(string html) => html.Contains(OutputHtml.FigureMark, StringComparison.Ordinal);

    private static string Page(string title, string content, bool figures) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <link rel="stylesheet" href="assets/page.css">
        <link rel="stylesheet" href="assets/book.css">
        <script src="assets/search.js" defer></script>
        {(figures ? "<script src=\"assets/plotly.js\" defer></script>" : "")}
        <script src="assets/page.js" defer></script>
        <script src="assets/book.js" defer></script>
        </head>
        <body class="book">
        <header class="bar">
        <a class="home" href="index.html">ResearchKit</a>
        <div class="search"><input type="search" id="search" placeholder="Search" aria-label="Search the book" autocomplete="off"><ol id="found" hidden></ol></div>
        <button type="button" id="toggle-code">Hide code</button>
        </header>
        {content}</body>
        </html>

        """;
}
