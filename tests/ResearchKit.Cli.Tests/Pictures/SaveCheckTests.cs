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
        foreach (var slug in new[] { "a", "b" }) Write(Path.Combine(checkout.Checkout.Results, $"{slug}.workshop.json"), $$"""{"sourceSha256":"{{NotebookHash.OfSources(NotebookFile.Parse(Demo.Json(), slug))}}","librarySha256":"{{LibraryHash.Of(checkout.Checkout)}}"}""");

        var run = await Rk.RunAsync(checkout.Root, "save", "--check");
        Assert.Equal(1, run.ExitCode);
        Assert.Equal("b: stale: the notebook changed after the run that its record is from (./rk save b)\n1 of 2 saved notebooks are up to date.\n", run.Output);

        Write(source, "one\ntwo\n");
        Write(Path.Combine(checkout.Checkout.Library, "bin", "built.cs"), "");
        Assert.Equal(0, (await Rk.RunAsync(checkout.Root, "save", "a", "--check")).ExitCode);
        Write(source, "one\nthree\n");
        run = await Rk.RunAsync(checkout.Root, "save", "a", "--check");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("a: stale: lib/ResearchKit changed", run.Output, StringComparison.Ordinal);
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
