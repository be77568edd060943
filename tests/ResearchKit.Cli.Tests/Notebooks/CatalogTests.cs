using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public class CatalogTests
{
    private static readonly NotebookBuilder Any = new NotebookBuilder().Code("1");

    [Fact]
    public void Notebooks_are_found_in_every_theme_and_solutions_are_none()
    {
        using var checkout = new TemporaryCheckout().Add("tdpo", Any, "preference").Add("00-start-here", Any, ".").Add("tdpo", Any, "solutions");
        Assert.Equal([("00-start-here", "."), ("tdpo", "preference")], NotebookCatalog.List(checkout.Checkout).Select(entry => (entry.Slug, entry.Theme)));
    }

    [Fact]
    public void An_unknown_slug_is_an_error_that_lists_the_known_ones_closest_first()
    {
        using var checkout = new TemporaryCheckout().Add("grpo", Any).Add("tdpo", Any).Add("simpo", Any);
        var error = Assert.Throws<CliException>(() => NotebookCatalog.Find(checkout.Checkout, "tdop"));
        Assert.Contains("closest first: tdpo, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("simpo", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slug_that_two_files_have_is_an_error_that_names_both()
    {
        using var checkout = new TemporaryCheckout().Add("tdpo", Any, "a").Add("tdpo", Any, "b");
        var error = Assert.Throws<CliException>(() => NotebookCatalog.Find(checkout.Checkout, "tdpo"));
        Assert.Contains(Path.Combine("a", "tdpo.ipynb"), error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine("b", "tdpo.ipynb"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkout_without_notebooks_says_so()
    {
        using var checkout = new TemporaryCheckout();
        Assert.Contains("no notebooks", Assert.Throws<CliException>(() => NotebookCatalog.Find(checkout.Checkout, "tdpo")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Solutions_take_the_place_of_their_stubs()
    {
        using var checkout = new TemporaryCheckout()
            .Add("tdpo", new NotebookBuilder().Code("stub a", "exercise-a").Code("check", "check-a").Code("stub b", "exercise-b"))
            .Add("tdpo", new NotebookBuilder().Code("solved b", "exercise-b").Code("solved a", "exercise-a"), "solutions");
        var entry = NotebookCatalog.Find(checkout.Checkout, "tdpo");
        var notebook = NotebookFile.Read(entry.Path);
        Solutions.Apply(checkout.Checkout, entry, notebook);
        Assert.Equal(["solved a", "check", "solved b"], notebook.Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_missing_solution_is_an_error_that_names_its_tag()
    {
        using var checkout = new TemporaryCheckout()
            .Add("tdpo", new NotebookBuilder().Code("stub", "exercise-a"))
            .Add("other", new NotebookBuilder().Code("stub", "exercise-a"))
            .Add("tdpo", new NotebookBuilder().Code("x"), "solutions");
        foreach (var (slug, named) in new[] { ("tdpo", "exercise-a"), ("other", "other.ipynb") })
        {
            var entry = NotebookCatalog.Find(checkout.Checkout, slug);
            var error = Assert.Throws<CliException>(() => Solutions.Apply(checkout.Checkout, entry, NotebookFile.Read(entry.Path)));
            Assert.Contains(named, error.Message, StringComparison.Ordinal);
        }
    }
}
