using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.Files;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk doctor: checks the machine and says how to mend what is missing.</summary>
internal sealed class DoctorCommand(IAnsiConsole console, Checkout checkout) : AsyncCommand
{
    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var problems = 0;
        void Show(Finding finding)
        {
            if (finding.Kind == FindingKind.Problem) problems++;
            console.Profile.Out.Writer.WriteLine($"{Label(finding.Kind),-17} {finding.Subject}: {finding.Text}");
            if (finding.Mend.Length > 0) console.Profile.Out.Writer.WriteLine($"{"",-17} -> {finding.Mend}");
        }

        Show(await MachineChecks.SdkAsync(checkout).ConfigureAwait(false));
        var kit = MachineChecks.Kit(checkout);
        Show(kit);
        Show(MachineChecks.Glibcxx());
        Show(MachineChecks.Threads());
        Show(MachineChecks.Memory());
        if (kit.Kind == FindingKind.Ok) foreach (var finding in await SessionChecks.RunAsync(checkout).ConfigureAwait(false)) Show(finding);
        if (kit.Kind == FindingKind.Ok)
        {
            console.Profile.Out.Writer.WriteLine($"{"",-17} starting the Jupyter kernel (some seconds) ...");
            Show(await KernelCheck.RunAsync(checkout).ConfigureAwait(false));
        }
        Show(await MachineChecks.GpuAsync(checkout).ConfigureAwait(false));
        Show(await MachineChecks.JupyterAsync(checkout).ConfigureAwait(false));
        Show(MachineChecks.Tool(checkout));
        Show(MachineChecks.Chromium());
        console.WriteLine(problems == 0 ? "No problems." : $"{problems} problem{(problems == 1 ? "" : "s")}.");
        return problems == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string Label(FindingKind kind) => kind switch
    {
        FindingKind.Ok => "ok",
        FindingKind.Optional => "optional missing",
        _ => "problem",
    };
}
