using System.Text.RegularExpressions;
using ResearchKit.Preference;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Preference;

public sealed class LossCatalogueTests
{
    [Fact]
    public void The_page_of_losses_is_the_catalogues()
    {
        var path = Path.Combine(Checkout.Root, "docs", "losses.md");
        var notebooks = Directory.EnumerateFiles(Path.Combine(Checkout.Root, "notebooks"), "*.ipynb", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(Path.GetDirectoryName(file)) != "solutions")
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var page = LossPage.Markdown(routine => [.. notebooks
            .Where(notebook => Regex.IsMatch(notebook.Value, $@"\b{routine.Name}\.[A-Z]")).Select(notebook => notebook.Key).Order(StringComparer.Ordinal)]);
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, page);
        }
        var found = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";

        Assert.True(found == page, "docs/losses.md is stale: run RESEARCHKIT_UPDATE=1 dotnet test --filter LossCatalogue to regenerate it");
    }

    [Fact]
    public void Every_loss_of_the_library_is_in_the_catalogue()
    {
        var losses = typeof(DpoLoss).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(DpoLoss).Namespace && type is { IsAbstract: true, IsSealed: true } && type.Name.EndsWith("Loss", StringComparison.Ordinal));

        Assert.Empty(losses.Except(LossCatalogue.All.Select(entry => entry.Routine)).Select(type => type.Name));
    }

    [Fact]
    public void The_catalogue_holds_at_least_thirty_losses_with_names_of_their_own()
    {
        Assert.True(LossCatalogue.All.Select(entry => entry.Routine).Distinct().Count() >= 30);
        Assert.Equal(LossCatalogue.All.Count, LossCatalogue.All.Select(entry => entry.Name).Distinct().Count());
        Assert.All(LossCatalogue.All, entry => Assert.DoesNotContain('|', entry.Equation));
    }

    [Fact]
    public void Golden_families_that_the_catalogue_names_are_there() =>
        Assert.All(LossCatalogue.All, entry => Assert.All(entry.Golden, family =>
            Assert.True(File.Exists(Path.Combine(Checkout.Root, "tests", "golden", family + ".json")), $"{entry.Name}: {family}")));

    [Fact]
    public void Every_catalogued_call_starts_with_a_class_that_is_there()
    {
        var names = typeof(DpoLoss).Assembly.GetExportedTypes().Select(type => type.Name).ToHashSet();

        Assert.All(LossCatalogue.All, entry => Assert.Contains(entry.Call[..entry.Call.IndexOf('.', StringComparison.Ordinal)], names));
    }
}
