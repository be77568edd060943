using ResearchKit.Cli.Files;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk index: writes notebooks/README.md from the committed records.</summary>
internal sealed class IndexCommand(IAnsiConsole console, Checkout checkout) : Command
{
    public override int Execute(CommandContext context, CancellationToken cancellationToken)
    {
        var path = NotebookIndex.PathOf(checkout);
        AtomicFile.Write(path, NotebookIndex.Text(checkout));
        console.WriteLine($"{checkout.Show(path)} is written.");
        return ExitCodes.Success;
    }
}
