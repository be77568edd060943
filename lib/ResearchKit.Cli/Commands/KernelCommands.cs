using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk kernel: the notebook engine for Jupyter and VS Code.</summary>
internal static class KernelCommands
{
    internal static void Add(IConfigurator<CommandSettings> branch)
    {
        branch.SetDescription("Installs and removes the kernel by which Jupyter and VS Code run the notebooks");
        branch.AddCommand<KernelInstallCommand>("install").WithDescription("Installs this checkout's Jupyter kernel").WithExample("kernel", "install").WithExample("kernel", "install", "--official");
        branch.AddCommand<KernelUninstallCommand>("uninstall").WithDescription("Removes it").WithExample("kernel", "uninstall");
    }
}
