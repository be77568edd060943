using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ResearchKit.Cli.Book;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Book;

public sealed partial class BookTests : IDisposable
{
    private const string Figure = """
        <div id="f1" class="researchkit-figure"><em>A figure</em></div>
        <script>(function go() { if (!window.Plotly) return setTimeout(go, 50); Plotly.react(document.getElementById("f1"), [{ y: [1, 3, 2] }], {}); })();</script>
        """;

    private readonly TemporaryCheckout checkout = new();

    private string Folder => Path.Combine(checkout.Out, "book");

    public void Dispose() => checkout.Dispose();

    [Fact]
    public async Task The_index_lists_chapters_by_theme_with_the_committed_verdicts()
    {
        Add("tour", new NotebookBuilder().Text("# The tour\nFirst words.\n\nSecond."), ".");
        Add("a-method", new NotebookBuilder().Text("# A & B\nAuthors.\n\n## The question\nDoes **it** hold?\n\nMore."), "preference");
        Add("other", new NotebookBuilder().Text("# Other"), "calibration/deep");
        Directory.CreateDirectory(checkout.Checkout.Results);
        File.WriteAllText(Path.Combine(checkout.Checkout.Results, "a-method.workshop.json"), """{"scale":"workshop","seeds":[1,2],"wallSeconds":90,"claims":[{"verdict":"reproduced"},{"verdict":"reproduced"},{"verdict":"inconclusive"},{"verdict":"not reproduced"}]}""");
        await BuildAsync();
        var index = Read("index.html");
        Assert.Matches("(?s)>Start</h2>.*href=\"tour.html\".*>Calibration, deep</h2>.*href=\"other.html\".*>Preference</h2>.*href=\"a-method.html\"", index);
        Assert.Matches("(?s)✓ 2 reproduced.*✗ 1 not reproduced.*\\? 1 inconclusive.*2 seeds · 1.5 minutes", index);
        Assert.Contains("A &amp; B", index, StringComparison.Ordinal);
        Assert.Contains("<p>Does <strong>it</strong> hold?</p>", index, StringComparison.Ordinal);
        Assert.Contains("<p>First words.</p>", index, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(Folder, "assets", "plotly.js")), "a book without figures asks for no plotly.js");
    }

    [Fact]
    public async Task Chapters_follow_each_other_and_their_contents_lead_to_their_headings()
    {
        Add("tour", new NotebookBuilder().Text("# Tour\n\n## Same\n\n## Same\n\nSee [the method](preference/method.ipynb#same) and [a site](https://example.org/x.ipynb)."), ".");
        Add("method", new NotebookBuilder().Text("# Method\n\n## $x^2$ and `code`"), "preference");
        await BuildAsync();
        var (tour, method) = (Read("tour.html"), Read("method.html"));
        foreach (var page in new[] { tour, method }) Assert.All(Anchor().Matches(page), anchor => Assert.Contains($"id=\"{anchor.Groups[1].Value}\"", page, StringComparison.Ordinal));
        Assert.Equal(2, Anchor().Count(tour));
        Assert.Contains("rel=\"next\" href=\"method.html\"", tour, StringComparison.Ordinal);
        Assert.Contains("rel=\"prev\" href=\"tour.html\"", method, StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"prev\"", tour, StringComparison.Ordinal);
        Assert.Contains("<a href=\"method.html#same\">the method</a>", tour, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org/x.ipynb\"", tour, StringComparison.Ordinal);
        Assert.Matches("<li class=\"level2\"><a href=\"#[^\"]+\"><math>.*</math> and <code>code</code></a></li>", method);
    }

    [Fact]
    public async Task Outputs_are_the_committed_ones_else_those_of_the_last_run_of_the_same_code()
    {
        Add("committed", Executed("from the repository"), "theme");
        Add("ran", new NotebookBuilder().Text("# Ran, its text mended").Code("1"), "theme");
        Add("changed", new NotebookBuilder().Text("# Changed").Code("2"), "theme");
        Add("never", new NotebookBuilder().Text("# Never").Code("1"), "theme");
        foreach (var slug in new[] { "committed", "ran", "changed" }) NotebookFile.Write(Path.Combine(checkout.Out, $"{slug}.ipynb"), NotebookFile.Parse(Executed($"from the run of {slug}", scale: "smoke"), slug));
        var chapters = await BuildAsync();
        Assert.Equal([("changed", Execution.None), ("committed", Execution.Committed), ("never", Execution.None), ("ran", Execution.LastRun)], chapters.Select(chapter => (chapter.Entry.Slug, chapter.Execution)));
        Assert.Contains("from the repository", Read("committed.html"), StringComparison.Ordinal);
        Assert.Contains("from the run of ran", Read("ran.html"), StringComparison.Ordinal);
        Assert.Contains("Ran, its text mended", Read("ran.html"), StringComparison.Ordinal);
        Assert.Contains("smoke scale, 2 seeds; that scale only shows that the path runs", Read("ran.html"), StringComparison.Ordinal);
        Assert.DoesNotContain("1 reproduced", Read("ran.html"), StringComparison.Ordinal);
        Assert.Contains("This notebook was not executed", Read("changed.html"), StringComparison.Ordinal);
        Assert.Contains("not executed: text and code only", Read("index.html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exercises_are_folded_and_solutions_not_shown()
    {
        Add("method", new NotebookBuilder()
            .Text("# Method\n\n## Exercises\nIntroduction.\n\n**a. One** (easy, 10 minutes). Do it.").Code("int stub;", "exercise-a").Code("Exercise.Check(run)", "check-a")
            .Text("**b. Two** (harder, 20 minutes). Do more.").Code("int second;", "exercise-b").Text("## After"), "theme");
        Add("method", new NotebookBuilder().Code("int secret;", "exercise-a"), "solutions");
        await BuildAsync();
        var page = Read("method.html");
        var folded = ExerciseBlock().Matches(page);
        Assert.Equal(2, folded.Count);
        Assert.Matches("(?s)<b>a. One</b> <span>easy, 10 minutes</span>.*Do it.*stub.*Check.*notebooks/solutions/method.ipynb", folded[0].Value);
        Assert.Contains("no solution yet", folded[1].Value, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", page + Read("assets/search.js"), StringComparison.Ordinal);
        Assert.Equal(1, page.Split("Do it.").Length - 1);
        Assert.True(page.IndexOf("Introduction.", StringComparison.Ordinal) < folded[0].Index && page.IndexOf("After</h2>", StringComparison.Ordinal) > folded[1].Index);
    }

    [Fact]
    public async Task The_search_knows_the_words_of_text_code_and_outputs_and_no_tex()
    {
        Add("method", """{"nbformat":4,"metadata":{},"cells":[{"cell_type":"markdown","source":"# Method\n\n## A section\nThe *sequen*tial $\\frac{secrettex}{2}$ </script> term."},{"cell_type":"code","source":"var seen = Compute<int>();","outputs":[{"output_type":"stream","name":"stdout","text":"printed"}]}]}""", "theme");
        await BuildAsync();
        var script = Read("assets/search.js");
        var sections = (JsonArray)JsonNode.Parse(script["window.bookSections = ".Length..].TrimEnd().TrimEnd(';'))!;
        var section = sections.Single(item => (string?)item!["section"] == "A section")!;
        Assert.Equal("method.html#a-section", (string?)section["url"]);
        foreach (var word in new[] { "sequential", "Compute<int>()", "printed" }) Assert.Contains(word, (string?)section["text"], StringComparison.Ordinal);
        Assert.DoesNotContain("frac", script, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chromium_reads_it_offline_draws_every_figure_and_finds_a_word()
    {
        Add("tour", new NotebookBuilder().Text("# Tour\nWords about **advantages**."), ".");
        Add("method", FigureNotebook(), "theme");
        await BookSite.WriteAsync(checkout.Checkout, Folder, () => KitPlotly.ScriptAsync(Repository.Checkout));
        var path = Path.Combine(Folder, "method.html");
        Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", Read("method.html") + Read("index.html"));
        var page = await Chromium.OpenAsync(path, """
            (function () { var box = document.getElementById("search"); box.value = "ADVANT"; box.dispatchEvent(new Event("input")); return document.querySelector("#found").textContent + "|" + document.querySelector("#found a").getAttribute("href"); })()
            """);
        Assert.Empty(page.Errors);
        Assert.Equal((1, 1), (page.Figures, page.Drawn));
        Assert.All(page.Requests, request => Assert.StartsWith("file://", request, StringComparison.Ordinal));
        Assert.Contains("Words about advantages.", page.Answer, StringComparison.Ordinal);
        Assert.EndsWith("|tour.html#tour", page.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wide_table_is_not_cut_on_paper()
    {
        var cells = string.Concat(Enumerable.Repeat("<td style='padding:2px 10px;white-space:nowrap'>0.123 ± 0.045</td>", 12));
        Add("method", ShowingNotebook($"<table><tr>{cells}</tr></table>"), "theme");
        await BuildAsync();
        const string Cut = """
            String([...document.querySelectorAll("table")].filter(t => t.getBoundingClientRect().right > innerWidth || t.closest(".output").scrollWidth > t.closest(".output").clientWidth).length)
            """;
        Assert.Equal("0", (await Chromium.OpenAsync(Path.Combine(Folder, "method.html"), Cut, onPaper: true)).Answer);
        Assert.Equal("1", (await Chromium.OpenAsync(Path.Combine(Folder, "method.html"), Cut)).Answer);
    }

    [Fact]
    public async Task The_command_builds_the_book_where_it_is_told()
    {
        Add("tour", new NotebookBuilder().Text("# Tour"), ".");
        var run = await Rk.RunAsync(checkout.Root, "book", "--out", "site");
        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.Contains($"{Path.Combine("site", "index.html")} is written.", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(checkout.Root, "site", "tour.html")));
    }

    [Fact]
    public async Task Without_a_built_kit_figures_are_an_error_that_says_what_to_build()
    {
        Add("method", FigureNotebook(), "theme");
        var error = await Assert.ThrowsAsync<CliException>(() => BookSite.WriteAsync(checkout.Checkout, Folder, () => KitPlotly.ScriptAsync(checkout.Checkout)));
        Assert.Contains("dotnet build lib/ResearchKit.Interactive", error.Message, StringComparison.Ordinal);
    }

    private void Add(string slug, NotebookBuilder notebook, string theme) => checkout.Add(slug, notebook, theme);

    private void Add(string slug, string json, string theme) => checkout.Add(slug, json, theme);

    private Task<IReadOnlyList<BookChapter>> BuildAsync() => BookSite.WriteAsync(checkout.Checkout, Folder, () => throw new InvalidOperationException("no figure is here"));

    private string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    private static string Executed(string text, string scale = "workshop") =>
        $$$$"""{"nbformat":4,"nbformat_minor":5,"metadata":{},"cells":[{"cell_type":"markdown","id":"a","metadata":{},"source":"# Executed"},{"cell_type":"code","id":"b","metadata":{},"source":"1","execution_count":1,"outputs":[{"output_type":"display_data","metadata":{},"data":{"text/plain":"{{{{text}}}}","application/vnd.researchkit.run+json":{"scale":"{{{{scale}}}}","seeds":[1,2],"claims":[{"verdict":"reproduced"}]}}}]}]}""";

    private static string FigureNotebook() => ShowingNotebook(Figure);

    private static string ShowingNotebook(string html) => new JsonObject
    {
        ["nbformat"] = 4,
        ["metadata"] = new JsonObject(),
        ["cells"] = new JsonArray(
            new JsonObject { ["cell_type"] = "markdown", ["source"] = "# Method" },
            new JsonObject { ["cell_type"] = "code", ["source"] = "1", ["outputs"] = new JsonArray(new JsonObject { ["output_type"] = "display_data", ["data"] = new JsonObject { ["text/html"] = html } }) }),
    }.ToJsonString();

    [GeneratedRegex("<a href=\"#([^\"]+)\"")]
    private static partial Regex Anchor();

    [GeneratedRegex("<details class=\"exercise\".*?class=\"solution\">.*?</details>", RegexOptions.Singleline)]
    private static partial Regex ExerciseBlock();
}
