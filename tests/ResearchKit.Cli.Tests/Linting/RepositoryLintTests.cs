using ResearchKit.Cli.Linting;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Linting;

public sealed class RepositoryLintTests
{
    public static TheoryData<string> Slugs { get; } = [.. NotebookCatalog.List(Repository.Checkout).Select(entry => entry.Slug)];

    [Theory(SkipTestWithoutData = true), MemberData(nameof(Slugs))]
    public void A_notebook_of_the_repository_breaks_no_rule(string slug) =>
        Assert.DoesNotContain(NotebookLint.Check(Repository.Checkout, NotebookCatalog.Find(Repository.Checkout, slug)), found => found.Finding.Severity == Severity.Error);
}
