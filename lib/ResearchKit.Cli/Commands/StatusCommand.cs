using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk status: which notebooks' committed results still belong to what the notebooks say.</summary>
internal sealed class StatusCommand(IAnsiConsole console, Checkout checkout) : Command
{
    public override int Execute(CommandContext context, CancellationToken cancellationToken)
    {
        var table = new Table().RoundedBorder();
        table.AddColumns("slug", "state", "verdicts", "why");
        foreach (var entry in NotebookCatalog.List(checkout))
        {
            var status = NotebookStatus.Of(checkout, entry);
            var colour = status.State switch { NotebookState.UpToDate => "green", NotebookState.Failing or NotebookState.Unreadable => "red", _ => "yellow" };
            table.AddRow(Markup.Escape(entry.Slug), $"[{colour}]{status.Label}[/]", Markup.Escape(status.Verdicts), Markup.Escape(status.Why));
        }
        console.Write(table);
        return ExitCodes.Success;
    }
}
