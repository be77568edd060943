using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk bench notebooks: what the committed workshop runs took.</summary>
internal sealed class BenchNotebooksCommand(IAnsiConsole console, Checkout checkout) : Command
{
    public override int Execute(CommandContext context, CancellationToken cancellationToken)
    {
        var table = new Table().RoundedBorder();
        table.AddColumns("slug", "seeds", "minutes");
        table.Columns[1].RightAligned();
        table.Columns[2].RightAligned();
        var (sum, runs) = (0.0, 0);
        foreach (var entry in NotebookCatalog.List(checkout))
        {
            var record = RunRecordFile.Read(Path.Combine(checkout.Results, $"{entry.Slug}.workshop.json"));
            var seconds = record?["wallSeconds"] is JsonValue value && value.TryGetValue(out double wall) ? wall : (double?)null;
            (sum, runs) = (sum + (seconds ?? 0), runs + (seconds is null ? 0 : 1));
            table.AddRow(Markup.Escape(entry.Slug), ((record?["seeds"] as JsonArray)?.Count)?.ToString(CultureInfo.InvariantCulture) ?? "", seconds is { } s ? Minutes(s) : "not run yet");
        }
        table.AddEmptyRow();
        table.AddRow($"{runs} notebooks", "", Minutes(sum));
        console.Write(table);
        return ExitCodes.Success;
    }

    private static string Minutes(double seconds) => (seconds / 60).ToString("F1", CultureInfo.InvariantCulture);
}
