using System.Buffers.Binary;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Export;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Pictures;

public sealed class SavedNotebookTests(SavedNotebook saved) : IClassFixture<SavedNotebook>
{
    private Notebook Notebook => NotebookFile.Read(saved.Path);

    [Fact]
    public void Every_figure_has_text_plotlys_JSON_and_a_picture_and_no_html_that_cannot_draw()
    {
        var figures = NotebookPictures.Figures(Notebook).ToList();
        Assert.Equal(2, figures.Count);
        Assert.All(figures, figure => Assert.Equal([KitMimes.Plotly, NotebookPictures.Png, "text/plain"], figure.Select(form => form.Key)));
        Assert.Equal((2, null), (saved.Run.Run.Pictures!.Sizes.Count, saved.Run.Run.Pictures.Missing));
    }

    [Fact]
    public void A_picture_is_the_figure_at_twice_its_size_over_a_palette()
    {
        foreach (var figure in NotebookPictures.Figures(Notebook))
        {
            var png = Convert.FromBase64String((string)figure[NotebookPictures.Png]!);
            Assert.Equal(1600, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
            Assert.Equal(2 * (int)figure[KitMimes.Plotly]!["layout"]!["height"]!, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
            Assert.Equal(3, png[25]);
            Assert.InRange(png.Length, 2_000, 100_000);
        }
    }

    [Fact]
    public void It_is_executed_valid_and_without_plotly_js()
    {
        Assert.Empty(NbformatCheck.Errors(Notebook.Json));
        Assert.Equal([1, 2, 3, 4, 5], Notebook.Cells.Where(cell => cell.IsCode).Select(cell => cell.ExecutionCount!.Value));
        Assert.Contains(KitMimes.PlotlyNote, Notebook.Cells[1].Outputs.ToJsonString(), StringComparison.Ordinal);
        Assert.True(saved.First.Length < 200_000, $"{saved.First.Length} bytes");
    }

    [Fact]
    public void Saving_it_again_changes_nothing_but_the_recorded_time()
    {
        Assert.Equal(saved.First, File.ReadAllBytes(saved.Path));
        var (first, second) = (saved.FirstRecord.DeepClone(), (JsonNode)RunRecordFile.Read(saved.RecordPath)!);
        Assert.True((double)second["wallSeconds"]! > 0);
        foreach (var record in new[] { first, second }) record["wallSeconds"] = 0;
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public void Its_record_names_the_committed_file_its_sources_and_the_library()
    {
        Assert.Equal(NotebookHash.OfFile(saved.Path), (string?)saved.FirstRecord["notebookSha256"]);
        Assert.Equal(NotebookHash.OfSources(Notebook), (string?)saved.FirstRecord["sourceSha256"]);
        Assert.Equal(LibraryHash.Of(saved.Checkout, Notebook), (string?)saved.FirstRecord["librarySha256"]);
        Assert.Contains("| [kit](theme/kit.ipynb) | The kit |", File.ReadAllText(NotebookIndex.PathOf(saved.Checkout)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_page_made_from_the_saved_file_draws_every_figure_offline()
    {
        using var folder = new TemporaryCheckout();
        var script = File.ReadAllText(Path.Combine(saved.Checkout.Out, "kit.html"));
        script = script[script.IndexOf("<script data-researchkit", StringComparison.Ordinal)..script.IndexOf("</head>", StringComparison.Ordinal)];
        var path = Path.Combine(folder.Root, "kit.html");
        await File.WriteAllTextAsync(path, HtmlPage.Render(Notebook, NotebookCatalog.Find(saved.Checkout, "kit"), script));
        var page = await Support.Chromium.OpenAsync(path);
        Assert.Empty(page.Errors);
        Assert.Equal((2, 2), (page.Figures, page.Drawn));
    }

    [Fact]
    public async Task A_run_that_fails_saves_nothing()
    {
        using var checkout = new TemporaryCheckout().Add("fails", new NotebookBuilder().Code("1").Code("throw new Exception(\"no\");"));
        var path = Path.Combine(checkout.Checkout.Notebooks, "theme", "fails.ipynb");
        var before = await File.ReadAllBytesAsync(path);
        var run = await SavedNotebook.SaveAsync(checkout, "fails");
        Assert.Equal(RunOutcome.CellFailed, run.Run.Outcome);
        Assert.Empty(run.Paths);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
        Assert.False(Directory.Exists(checkout.Checkout.Results) || File.Exists(NotebookIndex.PathOf(checkout.Checkout)));
    }
}
