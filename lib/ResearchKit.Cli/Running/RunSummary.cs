using ResearchKit.Cli.Files;
using Spectre.Console;

namespace ResearchKit.Cli.Running;

/// <summary>What a run leaves in the terminal.</summary>
internal static class RunSummary
{
    internal static void Print(IAnsiConsole console, Checkout checkout, PreparedNotebook prepared, RunOptions options, RunResult result)
    {
        console.WriteLine($"{prepared.Entry.Slug} {options.Scale} {result.Outcome} {result.EndedAt} {result.Error} {checkout.Show(result.NotebookPath)}");
    }
}
