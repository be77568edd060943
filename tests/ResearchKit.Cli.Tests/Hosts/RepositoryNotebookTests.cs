using System.Text.Json.Nodes;
using ResearchKit.Cli.Book;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.JupyterKernel;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Hosts;

/// <summary>Every notebook under notebooks/, at smoke scale, in every host.</summary>
public sealed class RepositoryNotebookTests
{
    private static readonly string[] Verdicts = ["reproduced", "not reproduced", "inconclusive"];

    public static TheoryData<string> Slugs { get; } = [.. NotebookCatalog.List(Repository.Checkout).Select(entry => entry.Slug)];

    public static TheoryData<string> SlugsWithSolutions { get; } =
        [.. NotebookCatalog.List(Repository.Checkout).Select(entry => entry.Slug).Where(slug => File.Exists(Path.Combine(Repository.Checkout.Solutions, $"{slug}.ipynb")))];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public async Task It_runs_and_gives_every_declared_claim_a_verdict(string slug)
    {
        var run = await SmokeRuns.OfAsync(slug, solutions: false);
        Assert.True(run.Result.ExitCode == 0, run.Result.Output + run.Result.Errors);
        Assert.Empty(NbformatCheck.Errors(NotebookFile.Read(Path.Combine(run.Folder, $"{slug}.ipynb")).Json));
        var record = run.Record(slug);
        Assert.NotNull(record);
        Assert.All((JsonArray)record["claims"]!, claim => Assert.Contains((string?)claim!["verdict"], Verdicts));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(SlugsWithSolutions))]
    public async Task Its_checks_fail_on_the_stubs_and_pass_on_the_solutions(string slug)
    {
        var stubs = await SmokeRuns.OfAsync(slug, solutions: false);
        var solved = await SmokeRuns.OfAsync(slug, solutions: true);
        Assert.True(solved.Result.ExitCode == 0, solved.Result.Output + solved.Result.Errors);
        var exercises = (JsonArray)solved.Record(slug)!["exercises"]!;
        Assert.NotEmpty(exercises);
        Assert.All(exercises, exercise => Assert.True((bool)exercise!["passed"]!, $"exercise {exercise["id"]} with its solution"));
        Assert.Equal(exercises.Count, ((JsonArray)stubs.Record(slug)!["exercises"]!).Count);
        Assert.All((JsonArray)stubs.Record(slug)!["exercises"]!, exercise => Assert.False((bool)exercise!["passed"]!, $"exercise {exercise["id"]} with its stub"));
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(SlugsWithSolutions))]
    public async Task A_second_run_gives_the_same_record_but_for_times(string slug)
    {
        // The run with solutions is the second run: exercises change no result.
        var first = (await SmokeRuns.OfAsync(slug, solutions: false)).Record(slug)!;
        var second = (await SmokeRuns.OfAsync(slug, solutions: true)).Record(slug)!;
        foreach (var record in new[] { first, second })
        {
            record.Remove("wallSeconds");
            record.Remove("exercises");
        }
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public async Task Chromium_draws_every_figure_of_its_page_offline(string slug)
    {
        var run = await SmokeRuns.OfAsync(slug, solutions: false);
        var path = Path.Combine(run.Folder, $"{slug}.html");
        var page = await Chromium.OpenAsync(path);
        Assert.Empty(page.Errors);
        Assert.True(page.Figures > 0, "the page has figures");
        Assert.Equal(page.Figures, page.Drawn);
        Assert.Equal([new Uri(path).AbsoluteUri], page.Requests);
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public void Every_figure_of_the_committed_notebook_has_its_picture_and_the_file_is_small(string slug)
    {
        var path = NotebookCatalog.Find(Repository.Checkout, slug).Path;
        var notebook = NotebookFile.Read(path);
        Assert.SkipUnless(notebook.Cells.Any(cell => cell.Outputs.Count > 0), $"{slug} is committed without outputs (./rk save {slug})");
        var figures = NotebookPictures.Figures(notebook).ToList();
        Assert.NotEmpty(figures);
        Assert.All(figures, figure => Assert.True(figure.ContainsKey(NotebookPictures.Png), $"no picture of {figure["text/plain"]}"));
        Assert.InRange(new FileInfo(path).Length, 0, NotebookSaver.SizeLimit);
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public async Task Chromium_draws_every_figure_of_the_committed_notebooks_page_offline(string slug)
    {
        var entry = NotebookCatalog.Find(Repository.Checkout, slug);
        var notebook = NotebookFile.Read(entry.Path);
        var figures = NotebookPictures.Figures(notebook).Count();
        Assert.SkipUnless(figures > 0, $"{slug} is committed without outputs (./rk save {slug})");
        var folder = Directory.CreateTempSubdirectory("rk-test-page-");
        try
        {
            var path = Path.Combine(folder.FullName, "page.html");
            await File.WriteAllTextAsync(path, HtmlPage.Render(notebook, entry, $"<script>{await KitPlotly.ScriptAsync(Repository.Checkout)}</script>"));
            var page = await Chromium.OpenAsync(path);
            Assert.Empty(page.Errors);
            Assert.Equal((figures, figures), (page.Figures, page.Drawn));
            Assert.Equal([new Uri(path).AbsoluteUri], page.Requests);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public async Task Nbformat_accepts_it_as_committed_and_as_executed(string slug)
    {
        var executed = Path.Combine((await SmokeRuns.OfAsync(slug, solutions: false)).Folder, $"{slug}.ipynb");
        var solutions = Path.Combine(Repository.Checkout.Solutions, $"{slug}.ipynb");
        await Nbformat.AcceptsAsync([NotebookCatalog.Find(Repository.Checkout, slug).Path, executed, .. File.Exists(solutions) ? new[] { solutions } : []]);
    }

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public Task It_gives_in_the_real_kernel_what_rk_run_gives(string slug) => GivesTheSameAsync(slug, Jupyter.Official);

    [Theory]
    [InlineData("00-start-here")]
    [InlineData("tdpo")]
    public Task It_gives_in_the_kits_kernel_what_rk_run_gives(string slug) => GivesTheSameAsync(slug, () => KernelSpec.Own(null));

    private static async Task GivesTheSameAsync(string slug, Func<KernelSpec> kernel)
    {
        var (executed, record) = await Jupyter.ExecuteAsync(NotebookCatalog.Find(Repository.Checkout, slug).Path, kernel);
        var run = await SmokeRuns.OfAsync(slug, solutions: false);
        Assert.Equal(HostOutputs.Of(NotebookFile.Read(Path.Combine(run.Folder, $"{slug}.ipynb"))), HostOutputs.Of(executed));
        Assert.Equal(HostOutputs.Of(run.Record(slug)!), HostOutputs.Of(record!));
    }
}
