using ResearchKit.Cli.Doctor;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.JupyterKernel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk kernel install: tells Jupyter and VS Code how to start this checkout's kernel.</summary>
internal sealed class KernelInstallCommand(IAnsiConsole console, Checkout checkout) : Command<KernelSettings>
{
    public override int Execute(CommandContext context, KernelSettings settings, CancellationToken cancellationToken)
    {
        var spec = settings.Official ? KernelSpec.Official(Tool(), settings.CheckedName) : KernelSpec.Own(settings.CheckedName);
        var folder = spec.Write(KernelFolders.Of(settings.Prefix));
        console.WriteLine($"The kernel {spec.Json["display_name"]} is installed in {folder}.");
        return ExitCodes.Success;
    }

    private string Tool() =>
        DotnetInteractiveTool.Find(checkout) ?? throw new CliException("The pinned tool Microsoft.dotnet-interactive is not restored: dotnet tool restore (in the repository).");
}
