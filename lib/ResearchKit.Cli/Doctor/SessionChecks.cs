using ResearchKit.Cli.Files;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.Doctor;

/// <summary>What only a session can tell: that the kit loads in it, that its settings are valid, that tensors multiply.</summary>
internal static class SessionChecks
{
    internal static async Task<IReadOnlyList<Finding>> RunAsync(Checkout checkout)
    {
        var kit = checkout.Kit.Replace('\\', '/');
        var findings = new List<Finding>();
        await using var session = SessionProcess.Start(checkout.Root, new Dictionary<string, string>(StringComparer.Ordinal) { ["RESEARCHKIT_HOST"] = "rk", ["RESEARCHKIT_ROOT"] = checkout.Root });
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await using var ending = limit.Token.Register(session.Kill);

        var (_, loadError) = await CellAsync(session, 1, $"#r \"{kit}/ResearchKit.Interactive.dll\"\n#r \"{kit}/ResearchKit.dll\"\n#r \"{kit}/TorchSharp.dll\"").ConfigureAwait(false);
        if (loadError is not null) return [Finding.Problem("session", loadError, "rebuild the kit: dotnet build lib/ResearchKit.Interactive")];
        findings.Add(Finding.Ok("session", "the notebook engine starts and loads the kit"));

        var (report, reportError) = await CellAsync(session, 2, "foreach (var line in ResearchKit.Interactive.Kit.Report()) Console.WriteLine(line);").ConfigureAwait(false);
        if (reportError is not null) findings.Add(Finding.Optional("kit report", reportError, "rebuild the kit: dotnet build lib/ResearchKit.Interactive"));
        foreach (var line in report.Split('\n', StringSplitOptions.RemoveEmptyEntries)) findings.Add(FromReport(line));

        var (product, torchError) = await CellAsync(session, 3, "ResearchKit.Runtime.NativeTorch.Load(1);\nConsole.Write(TorchSharp.torch.ones(2, 3).mm(TorchSharp.torch.ones(3, 2)).sum().item<float>());").ConfigureAwait(false);
        findings.Add(torchError is null && product == "12"
            ? Finding.Ok("tensors", "libtorch loads and two tensors multiply")
            : Finding.Problem("tensors", torchError ?? $"ones(2, 3) x ones(3, 2) sums to {product}, not 12", "rebuild the kit: dotnet build lib/ResearchKit.Interactive --no-incremental; on Linux libgomp1 has to be installed"));
        return findings;
    }

    private static Finding FromReport(string line)
    {
        const string Fault = ": FAULT: ";
        var fault = line.IndexOf(Fault, StringComparison.Ordinal);
        if (fault >= 0) return Finding.Problem(line[..fault], line[(fault + Fault.Length)..], line.StartsWith("settings", StringComparison.Ordinal) ? "correct environment.json or the RESEARCHKIT_* variable that it names" : "");
        var split = line.IndexOf(": ", StringComparison.Ordinal);
        return split < 0 ? Finding.Ok("kit", line) : Finding.Ok(line[..split], line[(split + 2)..]);
    }

    private static async Task<(string Output, string? Error)> CellAsync(SessionProcess session, int number, string code)
    {
        var output = "";
        string? error = null;
        var done = false;
        await foreach (var happened in session.RunAsync(number, code).ConfigureAwait(false))
        {
            if (happened.Kind == EventKind.StandardOutput) output += happened.Text;
            error ??= happened.Error is { } found ? $"{found.Name}: {found.Message}" : null;
            done = happened.Kind == EventKind.Done;
        }
        return (output, error ?? (done ? null : "the session's process ended by itself"));
    }
}
