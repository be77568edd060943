using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Session;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Hosts;

public sealed class KitNotebookTests(KitNotebook kit) : IClassFixture<KitNotebook>
{
    [Fact]
    public void It_runs_and_leaves_its_record()
    {
        Assert.True(kit.Run.ExitCode == 0, kit.Run.Output + kit.Run.Errors);
        var record = JsonNode.Parse(File.ReadAllText(Path.Combine(kit.OutFolder, "kit.smoke.json")))!;
        Assert.Equal("reproduced", (string?)record["claims"]![0]!["verdict"]);
        Assert.Equal("Results", (string?)record["tables"]![0]!["title"]);
        Assert.True((bool)record["exercises"]![0]!["passed"]!);
    }

    [Fact]
    public async Task Its_executed_notebook_is_valid_and_small()
    {
        var path = Path.Combine(kit.OutFolder, "kit.ipynb");
        Assert.Empty(NbformatCheck.Errors(NotebookFile.Read(path).Json));
        await Nbformat.AcceptsAsync(path);
        Assert.True(new FileInfo(path).Length < 200_000, "plotly.js is not in it");
    }

    [Fact]
    public async Task A_second_run_writes_the_same_bytes()
    {
        var again = Path.Combine(kit.OutFolder, "again");
        Assert.Equal(0, (await kit.RunAgainAsync(again)).ExitCode);
        foreach (var name in new[] { "kit.ipynb", "kit.html" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(kit.OutFolder, name)), await File.ReadAllBytesAsync(Path.Combine(again, name)));
        }
    }

    [Fact]
    public async Task Chromium_draws_every_figure_of_its_page_offline()
    {
        var path = Path.Combine(kit.OutFolder, "kit.html");
        Assert.DoesNotMatch(ExecutedNotebookTests.LoadedFromElsewhere(), WithoutScripts(await File.ReadAllTextAsync(path)));
        var page = await Chromium.OpenAsync(path);
        Assert.Empty(page.Errors);
        Assert.Equal(2, page.Figures);
        Assert.Equal(page.Figures, page.Drawn);
        Assert.Equal([new Uri(path).AbsoluteUri], page.Requests);
    }

    [Fact]
    public async Task It_runs_unchanged_in_the_real_kernel()
    {
        var executed = await Jupyter.ExecuteAsync(kit.SourcePath);
        Assert.DoesNotContain(executed.Cells.SelectMany(cell => cell.Outputs), output => (string?)output!["output_type"] == "error");
        Assert.All(executed.Cells.Where(cell => cell.Source.Contains("Chart.", StringComparison.Ordinal)), cell => Assert.Contains("researchkit-figure", cell.Outputs.ToJsonString(), StringComparison.Ordinal));
        Assert.Contains("reproduced", executed.Cells[^1].Outputs.ToJsonString(), StringComparison.Ordinal);
    }

    // plotly.js itself names addresses in its strings; what it asks for is seen by the browser.
    private static string WithoutScripts(string html) => System.Text.RegularExpressions.Regex.Replace(html, "<script.*?</script>", "", System.Text.RegularExpressions.RegexOptions.Singleline);
}
