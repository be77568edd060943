using System.Text.Json.Nodes;
using ResearchKit.Cli.Running;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Pictures;

/// <summary>A small notebook that uses the kit, saved twice; at smoke scale, which rk save itself refuses.</summary>
public sealed class SavedNotebook : IAsyncLifetime
{
    private readonly TemporaryCheckout checkout = new();

    internal Files.Checkout Checkout => checkout.Checkout;

    internal string Path => System.IO.Path.Combine(Checkout.Notebooks, "theme", "kit.ipynb");

    internal string RecordPath => System.IO.Path.Combine(Checkout.Results, "kit.smoke.json");

    internal SavedRun Run { get; private set; } = null!;

    internal byte[] First { get; private set; } = [];

    internal JsonObject FirstRecord { get; private set; } = [];

    internal static async Task<SavedRun> SaveAsync(TemporaryCheckout checkout, string slug)
    {
        using var view = new PlainView(TextWriter.Null);
        return await new NotebookSaver(checkout.Checkout).SaveAsync(new RunOptions(slug) { Scale = "smoke", OutFolder = checkout.Out }, view, TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        _ = Support.Chromium.Program();
        var kit = Repository.Checkout.Kit.Replace('\\', '/');
        checkout.Add("kit", new NotebookBuilder()
            .Text("# The kit")
            .Code($"#r \"{kit}/ResearchKit.Interactive.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/TorchSharp.dll\"\nusing ResearchKit.Figures;\nvar run = ResearchKit.Interactive.Kit.Start(\"kit\");", "setup")
            .Code("Chart.Curves(\"Lines\", new Axis(\"x\"), new Axis(\"y\"), [.. Enumerable.Range(0, 7).Select(k => new Curve($\"arm {k}\", [0, 1, 2], [k, 2 * k, 7 - k], [k - .5, 2 * k - .5, 6 - k], [k + .5, 2 * k + .5, 8 - k]))])")
            .Code("Chart.HeatMap(\"Cells\", new Axis(\"x\"), new Axis(\"y\"), new double[,] { { 1, -2 }, { 0.5, 3 } }, [\"a\", \"b\"], [\"c\", \"d\"], diverging: true)")
            .Code("using (var bar = run.Progress.Start(\"work\", 3)) for (var i = 1; i <= 3; i++) bar.Report(i, 1.0 / i);")
            .Code("run.Finish();"));
        Run = await SaveAsync(checkout, "kit");
        First = await File.ReadAllBytesAsync(Path);
        FirstRecord = RunRecordFile.Read(RecordPath)!;
        await SaveAsync(checkout, "kit");
    }

    public ValueTask DisposeAsync()
    {
        checkout.Dispose();
        return ValueTask.CompletedTask;
    }
}
