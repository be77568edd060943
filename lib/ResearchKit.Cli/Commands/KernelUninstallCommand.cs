using ResearchKit.Cli.JupyterKernel;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk kernel uninstall: takes the kernelspec away again.</summary>
internal sealed class KernelUninstallCommand(IAnsiConsole console) : Command<KernelSettings>
{
    public override int Execute(CommandContext context, KernelSettings settings, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(KernelFolders.Of(settings.Prefix), settings.CheckedName ?? (settings.Official ? KernelSpec.OfficialName : KernelSpec.OwnName));
        if (!File.Exists(Path.Combine(folder, "kernel.json"))) throw new CliException($"There is no kernel in {folder}: nothing to uninstall. `jupyter kernelspec list` shows what is installed.");
        Directory.Delete(folder, recursive: true);
        console.WriteLine($"{folder} is removed.");
        return ExitCodes.Success;
    }
}
