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
        var source = Path.Combine(checkout.Checkout.Library, "figure.js");
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
    public void The_librarys_hash_follows_the_types_that_a_notebook_reaches()
    {
        using var checkout = new TemporaryCheckout();
        void Library(string file, string text) => Write(Path.Combine(checkout.Checkout.Library, file), text);
        Library("Training/Trainer.cs", "public static class Trainer { void Run(Model model) { } }");
        Library("Models/Model.cs", "public sealed class Model { /* made by */ Model() => PairBatch.Collate(); }");
        Library("Data/PairBatch.cs", "public sealed record PairBatch(int One);");
        Library("Data/Words.cs", "/// <summary>Not for <see cref=\"Trainer\"/>.</summary>\npublic static class Words { public static int Count(this string text) => 0; }");
        Library("Training/Graph.cs", "public sealed class Graph(Trainer trainer);");
        Library("Evaluation/Sheet.cs", "public sealed class Sheet;");
        Write(Path.Combine(checkout.Checkout.Library + ".Interactive", "Kit.cs"), "public static class Kit { Sheet sheet; }");
        var notebook = NotebookFile.Parse(new NotebookBuilder().Code("Trainer.Run(null);").Code("\"a b\".Count()").Json(), "n");
        var hash = LibraryHash.Of(checkout.Checkout, notebook);
        void Changes(bool stale, string file, string text)
        {
            Library(file, text);
            Assert.Equal(stale, hash != LibraryHash.Of(checkout.Checkout, notebook));
            hash = LibraryHash.Of(checkout.Checkout, notebook);
        }

        Changes(stale: false, "Training/Graph.cs", "public sealed class Graph(Trainer trainer, int size);");
        Changes(stale: false, "Data/Vocabulary.cs", "public sealed class Vocabulary(Model model);");
        Changes(stale: true, "Data/PairBatch.cs", "public sealed record PairBatch(int Two);");
        Changes(stale: true, "Data/Words.cs", "public static class Words { public static int Count(this string text) => 1; }");
        Changes(stale: true, "Evaluation/Sheet.cs", "public sealed class Sheet { }");
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
