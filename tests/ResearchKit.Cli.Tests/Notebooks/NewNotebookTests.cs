using System.Text.Json.Nodes;
using ResearchKit.Cli.Linting;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public sealed class NewNotebookTests
{
    [Fact]
    public async Task It_runs_as_it_is_and_its_solutions_pass()
    {
        using var checkout = new TemporaryCheckout();
        try
        {
            // The notebook references the kit by a relative path.
            Directory.CreateSymbolicLink(Path.Combine(checkout.Root, "lib"), Path.Combine(Repository.Checkout.Root, "lib"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Assert.Skip($"no symbolic link can be made here: {error.Message}");
        }
        var made = await Rk.RunAsync(checkout.Root, "new", "my-method", "--theme", "calibration", "--title", "My Method");
        Assert.True(made.ExitCode == 0, made.Errors);
        var run = await Rk.RunAsync(checkout.Root, "run", "my-method", "--scale", "smoke", "--solutions");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var record = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(checkout.Out, "my-method.smoke.json")))!;
        Assert.Equal("C1", (string?)Assert.Single((JsonArray)record["claims"]!)!["id"]);
        Assert.Equal([true, true], ((JsonArray)record["exercises"]!).Select(exercise => (bool)exercise!["passed"]!));
    }

    [Fact]
    public void Neither_it_nor_its_solutions_have_a_finding()
    {
        using var checkout = new TemporaryCheckout();
        NewNotebook.Write(checkout.Checkout, "my-method", "a/b", "My Method");
        Assert.Empty(NotebookLint.Check(checkout.Checkout, NotebookCatalog.Find(checkout.Checkout, "my-method")));
        var notebook = NotebookFile.Read(Path.Combine(checkout.Checkout.Notebooks, "a", "b", "my-method.ipynb"));
        Assert.Equal("My Method", notebook.Title);
        Assert.Contains("#r \"../../../lib/ResearchKit.Interactive/bin/kit/ResearchKit.dll\"", notebook.Tagged("setup")!.Source, StringComparison.Ordinal);
        Assert.Equal("my-method-00", notebook.Cells[0].Id);
        Assert.Empty(NbformatCheck.Errors(notebook.Json));
    }

    [Fact]
    public void What_is_there_is_never_overwritten()
    {
        using var checkout = new TemporaryCheckout().Add("taken", new NotebookBuilder().Code("1"), "other").Add("solved", new NotebookBuilder().Code("1"), "solutions");
        foreach (var slug in new[] { "taken", "solved" })
        {
            Assert.Contains("is there already", Assert.Throws<CliException>(() => NewNotebook.Write(checkout.Checkout, slug, "theme", "T")).Message, StringComparison.Ordinal);
        }
        Assert.Equal(2, Directory.EnumerateFiles(checkout.Checkout.Notebooks, "*", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("My Method", "theme")]
    [InlineData("../x", "theme")]
    [InlineData("x", "../..")]
    [InlineData("x", "solutions")]
    [InlineData("x", "")]
    public void A_name_that_is_no_slug_is_refused(string slug, string theme)
    {
        using var checkout = new TemporaryCheckout();
        Assert.Contains("small letters, digits and hyphens", Assert.Throws<CliException>(() => NewNotebook.Write(checkout.Checkout, slug, theme, "T")).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(checkout.Checkout.Notebooks));
    }
}
