using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk list: the notebooks, what they are about and how they last ended.</summary>
internal sealed class ListCommand(IAnsiConsole console, Checkout checkout) : Command
{
    public override int Execute(CommandContext context, CancellationToken cancellationToken)
    {
        var entries = NotebookCatalog.List(checkout);
        if (entries.Count == 0)
        {
            console.WriteLine($"No notebooks under {checkout.Show(checkout.Notebooks)}/.");
            return ExitCodes.Success;
        }
        var table = new Table().RoundedBorder();
        table.AddColumns("slug", "title", "theme", "last result");
        foreach (var entry in entries)
        {
            table.AddRow(Markup.Escape(entry.Slug), Markup.Escape(Title(entry)), Markup.Escape(entry.Theme == "." ? "" : entry.Theme), Markup.Escape(LastResult(entry.Slug)));
        }
        console.Write(table);
        return ExitCodes.Success;
    }

    private static string Title(NotebookEntry entry)
    {
        try
        {
            return NotebookFile.Read(entry.Path).Title ?? "";
        }
        catch (CliException)
        {
            return "(not a readable notebook: rk status says why)";
        }
    }

    // The newest of what a run here wrote and what is committed.
    private string LastResult(string slug)
    {
        var newest = new[] { checkout.Out, checkout.Results }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, $"{slug}.*.json"))
            .OrderByDescending(File.GetLastWriteTimeUtc)
            .FirstOrDefault();
        return newest is not null && RunRecordFile.Read(newest) is { } record ? $"{RunRecordFile.Scale(record)}: {RunRecordFile.Verdicts(record)}" : "";
    }
}
