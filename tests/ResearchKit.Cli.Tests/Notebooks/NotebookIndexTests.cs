using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Notebooks;

public sealed class NotebookIndexTests
{
    [Fact]
    public void The_committed_index_is_what_the_committed_results_give() =>
        Assert.True(
            File.Exists(NotebookIndex.PathOf(Repository.Checkout)) && File.ReadAllText(NotebookIndex.PathOf(Repository.Checkout)) == NotebookIndex.Text(Repository.Checkout),
            "notebooks/README.md is not what data/results gives: run ./rk index and commit it");
}
