using System.Text.Json.Nodes;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Tests.Support;

namespace ResearchKit.Cli.Tests.Session;

/// <summary>One notebook with everything a cell can put out, run once by the real program for all tests of it.</summary>
public sealed class ExecutedNotebook : IAsyncLifetime
{
    private const string Record = """{"slug":"all","scale":"smoke","claims":[{"id":"c1","statement":"A beats B","effect":0.25,"interval":[0.1,0.4],"paperEffect":"+3","verdict":"reproduced"}],"tables":[{"title":"Win rates","columns":["arm","win"],"rows":[["dpo","0.61"]],"source":"this run"}],"exercises":[{"id":"a","passed":false}],"wallSeconds":0,"notebookSha256":""}""";

    private readonly TemporaryCheckout checkout = new();

    internal RkResult Run { get; private set; } = null!;

    internal Notebook Notebook { get; private set; } = null!;

    internal string Html { get; private set; } = "";

    internal JsonObject SavedRecord { get; private set; } = null!;

    internal string SourcePath => Path.Combine(checkout.Checkout.Notebooks, "theme", "all.ipynb");

    internal JsonArray OutputsOf(string tag) => Notebook.Tagged(tag)!.Outputs;

    public async ValueTask InitializeAsync()
    {
        checkout.Add("all", new NotebookBuilder()
            .Text("# Everything\n\n| a | b |\n|---|---|\n| 1 | $x^2$ |\n\n$$\\frac{a}{b}$$\n\n[a paper](https://example.org/paper)")
            .Code(Sink.Cell, "setup")
            .Code("Show((\"text/html\", \"<script data-researchkit=\\\"plotly.js\\\">window.Plotly={}</script>\"), (\"text/plain\", \"plotly.js\"));", "plotly")
            .Code("int steps = 1;\nstring name = \"a\";", "parameters")
            .Text("## Outputs")
            .Code("Console.Write(\"one \");\nConsole.WriteLine(\"two\");\nConsole.Error.WriteLine(\"bad\");\nConsole.WriteLine(\"three\");", "streams")
            .Code("steps * 2", "value")
            .Code("Show((\"text/html\", \"<b>figure</b>\"), (\"text/plain\", \"a figure\"), (\"application/vnd.plotly.v1+json\", \"{\\\"data\\\":[1]}\"), (\"image/png\", \"iVBORw0KGgo=\"));", "bundle")
            .Code("Publish(false, \"bar\", (\"text/plain\", \"step 0\"), (\"application/vnd.researchkit.progress+json\", \"{\\\"title\\\":\\\"t\\\",\\\"step\\\":0,\\\"total\\\":2}\"));\nPublish(true, \"bar\", (\"text/plain\", \"step 1\"), (\"application/vnd.researchkit.progress+json\", \"{}\"));", "progress")
            .Code("Publish(true, \"bar\", (\"text/plain\", \"step 2\"));", "update")
            .Code("void Clear(string wait) => Show((\"application/vnd.researchkit.clear+json\", $\"{{\\\"wait\\\":{wait}}}\"));\nConsole.Write(\"one\");\nClear(\"false\");\nConsole.Write(\"two\");\nClear(\"true\");\nConsole.Write(\"three\");\nClear(\"true\");", "cleared")
            .Code("var unused = 1;\n#pragma warning disable\nConsole.Write(Environment.CurrentDirectory + \"|\" + Environment.GetEnvironmentVariable(\"RESEARCHKIT_SCALE\") + \"|\" + Environment.GetEnvironmentVariable(\"RESEARCHKIT_SEED\") + \"|\" + Environment.GetEnvironmentVariable(\"RESEARCHKIT_HOST\") + \"|\" + Environment.GetEnvironmentVariable(\"OMP_WAIT_POLICY\"));", "settings")
            .Code("[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int puts(string text);\n[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int fflush(IntPtr file);\nif (OperatingSystem.IsLinux()) { puts(\"from native code\"); fflush(IntPtr.Zero); await Task.Delay(200); }", "native")
            .Code($"Show((\"application/vnd.researchkit.run+json\", \"\"\"{Record}\"\"\"), (\"text/html\", \"<i>verdicts</i>\"), (\"text/plain\", \"verdicts\"));", "record"));
        Run = await Rk.RunAsync(checkout.Root, "run", "all", "--scale", "smoke", "--seed", "7", "-p", "steps=21");
        Assert.True(Run.ExitCode == 0, Run.Output + Run.Errors);
        Notebook = NotebookFile.Read(Path.Combine(checkout.Out, "all.ipynb"));
        Html = await File.ReadAllTextAsync(Path.Combine(checkout.Out, "all.html"));
        SavedRecord = (JsonObject)JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(checkout.Out, "all.smoke.json")))!;
    }

    public ValueTask DisposeAsync()
    {
        checkout.Dispose();
        return ValueTask.CompletedTask;
    }
}
