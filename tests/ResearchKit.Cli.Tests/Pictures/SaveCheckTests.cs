using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Pictures;

public sealed class SaveCheckTests
{
    private static readonly NotebookBuilder Demo = new NotebookBuilder().Text("# A demo").Code("1");

    [Fact]
    public async Task A_changed_notebook_and_a_changed_library_are_stale()
    {
        using var checkout = new TemporaryCheckout().Add("a", Demo).Add("b", new NotebookBuilder().Code("2"));
        var source = Path.Combine(checkout.Checkout.Library, "Loss.cs");
        Write(source, "one\r\ntwo\n");
        var demo = NotebookFile.Parse(Demo.Json(), "a");
        foreach (var slug in new[] { "a", "b" }) Write(Path.Combine(checkout.Checkout.Results, $"{slug}.workshop.json"), $$"""{"sourceSha256":"{{NotebookHash.OfSources(demo)}}","librarySha256":"{{LibraryHash.Of(checkout.Checkout, demo)}}"}""");

        var run = await Rk.RunAsync(checkout.Root, "save", "--check");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("b: stale: the notebook changed after the run that its record is from (./rk save b)\n1 of 2 saved notebooks are up to date.\n", run.Output);

        Write(source, "one\ntwo\n");
        Write(Path.Combine(checkout.Checkout.Library, "bin", "built.cs"), "");
        Assert.Equal(0, (await Rk.RunAsync(checkout.Root, "save", "a", "--check")).ExitCode);
        Write(source, "one\nthree\n");
        run = await Rk.RunAsync(checkout.Root, "save", "a", "--check");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a: stale: what it uses of lib/ResearchKit changed", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_librarys_hash_follows_the_folders_that_a_notebook_reaches()
    {
        using var checkout = new TemporaryCheckout();
        void Library(string file, string text) => Write(Path.Combine(checkout.Checkout.Library, file), text);
        Library("Training/Trainer.cs", "using ResearchKit.Models;");
        Library("Models/Model.cs", "var batch = Data.PairBatch.Collate();");
        Library("Data/PairBatch.cs", "one");
        Library("Causal/Graph.cs", "using ResearchKit.Training;");
        var notebook = NotebookFile.Parse(new NotebookBuilder().Code("using ResearchKit.Training; using System.Text;").Json(), "n");
        var hash = LibraryHash.Of(checkout.Checkout, notebook);

        Library("Causal/Graph.cs", "changed");
        Library("Text/Word.cs", "new");
        Assert.Equal(hash, LibraryHash.Of(checkout.Checkout, notebook));
        Library("Data/PairBatch.cs", "two");
        Assert.NotEqual(hash, LibraryHash.Of(checkout.Checkout, notebook));
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
