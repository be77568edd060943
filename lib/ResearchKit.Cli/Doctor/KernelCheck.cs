using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.JupyterKernel;

namespace ResearchKit.Cli.Doctor;

/// <summary>The Jupyter kernel from end to end: over its sockets, two tensors multiply and a figure is drawn.</summary>
internal static class KernelCheck
{
    private const string Mend = "rebuild the kit: dotnet build lib/ResearchKit.Interactive lib/ResearchKit.Cli; a firewall must let this machine reach its own ports";

    internal static Task<Finding> RunAsync(Checkout checkout) => Task.Run(() => Run(checkout));

    private static Finding Run(Checkout checkout)
    {
        var kit = checkout.Kit.Replace('\\', '/');
        var clock = Stopwatch.StartNew();
        using var client = new LoopbackClient(checkout.Root);
        var reply = client.Run(
            $"#r \"{kit}/ResearchKit.Interactive.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/TorchSharp.dll\"\nusing ResearchKit.Figures;\nvar run = ResearchKit.Interactive.Kit.Start(\"doctor\");\nvar product = TorchSharp.torch.ones(2, 3).mm(TorchSharp.torch.ones(3, 2)).sum().item<float>();",
            "Chart.Bars($\"sum {product}\", new Axis(\"value\"), [new Bar(\"a\", product)])",
            TimeSpan.FromMinutes(2));
        if (reply is null) return Finding.Problem("Jupyter kernel", "no reply over its sockets", Mend);
        if ((string?)reply["status"] != "ok") return Finding.Problem("Jupyter kernel", $"{reply["ename"]}: {reply["evalue"]}", Mend);
        var figure = reply["user_expressions"]?["value"]?["data"] as JsonObject;
        return figure?["application/vnd.plotly.v1+json"] is JsonObject && figure.ToJsonString().Contains("sum 12", StringComparison.Ordinal)
            ? Finding.Ok("Jupyter kernel", $"answers, multiplies two tensors and draws a figure in {clock.Elapsed.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture)} s (rk kernel install)")
            : Finding.Problem("Jupyter kernel", "the figure did not arrive", Mend);
    }
}
