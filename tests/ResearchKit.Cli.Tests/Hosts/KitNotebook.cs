using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Hosts;

/// <summary>A small notebook that uses the kit: a figure, a table, a claim, an exercise.</summary>
public sealed class KitNotebook : IAsyncLifetime
{
    private readonly TemporaryCheckout checkout = new();

    internal string SourcePath => Path.Combine(checkout.Checkout.Notebooks, "theme", "kit.ipynb");

    internal string OutFolder => checkout.Out;

    internal RkResult Run { get; private set; } = null!;

    internal Task<RkResult> RunAgainAsync(string folder) => Rk.RunAsync(checkout.Root, "run", "kit", "--scale", "smoke", "--solutions", "--out", folder);

    public async ValueTask InitializeAsync()
    {
        var kit = Repository.Checkout.Kit.Replace('\\', '/');
        checkout.Add("kit", new NotebookBuilder()
            .Text("# The kit")
            .Code($"#r \"{kit}/ResearchKit.Interactive.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/TorchSharp.dll\"\nvar run = ResearchKit.Interactive.Kit.Start(\"kit\");", "setup")
            .Code("using ResearchKit.Evaluation;\nusing ResearchKit.Figures;\nusing ResearchKit.Interactive;\nint points = 3;", "parameters")
            .Code("run.Claims.Declare(new Claim(\"c1\", \"A beats B\", \"accuracy\", \"A\", \"B\", ResearchKit.Evaluation.Direction.Higher, \"+3\"));")
            .Code("var x = Enumerable.Range(1, points).Select(i => (double)i).ToArray();\nChart.Curves(\"Squares\", new Axis(\"x\"), new Axis(\"y\"), [new Curve(\"a\", x, x.Select(v => v * v).ToArray())])")
            .Code("Chart.Bars(\"Bars\", new Axis(\"value\"), [new Bar(\"a\", 1), new Bar(\"b\", 2)])")
            .Code("run.Show(new ResultTable(\"Results\", [\"arm\", \"accuracy\"], [[\"A\", \"0.9\"]], \"this run\"));\nrun.Claims.Judge(\"c1\", [1.0, 2.0, 3.0], [0.5, 1.4, 2.6]);")
            .Code("int Answer() => throw new NotImplementedException();", "exercise-a")
            .Code("Exercise.Check(run, \"a\", \"the answer is 42\", () => Answer() == 42);", "check-a")
            .Code("run.Finish();"));
        checkout.Add("kit", new NotebookBuilder().Code("int Answer() => 42;", "exercise-a"), "solutions");
        Run = await Rk.RunAsync(checkout.Root, "run", "kit", "--scale", "smoke", "--solutions");
    }

    public ValueTask DisposeAsync()
    {
        checkout.Dispose();
        return ValueTask.CompletedTask;
    }
}
