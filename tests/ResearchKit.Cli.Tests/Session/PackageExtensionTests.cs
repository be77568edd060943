using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Pictures;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Session;

public sealed class PackageExtensionTests
{
    [Fact]
    public async Task A_users_own_Plotly_NET_chart_draws_offline_as_the_kits_figures_do()
    {
        var kit = Repository.Checkout.Kit.Replace('\\', '/');
        using var checkout = new TemporaryCheckout().Add("own", new NotebookBuilder()
            .Code($"#r \"{kit}/ResearchKit.Interactive.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/TorchSharp.dll\"\nvar run = ResearchKit.Interactive.Kit.Start(\"own\");", "setup")
            .Code("#r \"nuget: Plotly.NET.Interactive, 6.0.0\"\n#r \"nuget: Plotly.NET.CSharp, 0.14.0\"", "restore")
            .Code("Plotly.NET.CSharp.Chart.Line<double, double, string>(x: new[] { 1.0, 2, 3 }, y: new[] { 1.0, 4, 9 })", "chart"));
        var run = await Rk.RunAsync(checkout.Root, "run", "own", "--scale", "smoke", "--pictures");
        var notebook = NotebookFile.Read(Path.Combine(checkout.Out, "own.ipynb"));
        Assert.SkipWhen(run.ExitCode != 0 && notebook.Tagged("chart")!.ExecutionCount is null, $"Plotly.NET.Interactive could not be restored: {run.Output[Math.Max(0, run.Output.Length - 300)..]}");
        Assert.True(run.ExitCode == 0, run.Output + run.Errors);
        var chart = Assert.Single(notebook.Tagged("chart")!.Outputs)!["data"]!;
        Assert.Equal("scatter", (string?)chart[KitMimes.Plotly]!["data"]![0]!["type"]);
        Assert.NotNull(chart["text/plain"]);
        if (HeadlessChromium.Find() is not null) Assert.NotNull(chart[NotebookPictures.Png]);
        var page = await Chromium.OpenAsync(Path.Combine(checkout.Out, "own.html"));
        Assert.Empty(page.Errors);
        Assert.Equal((1, 1), (page.Figures, page.Drawn));
        Assert.Single(page.Requests);
    }
}
