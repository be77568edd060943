using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk run: executes a notebook and writes what it shows.</summary>
internal sealed class RunCommand(IAnsiConsole console, Checkout checkout) : AsyncCommand<RunSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, RunSettings settings, CancellationToken cancellationToken)
    {
        var options = RunOptionsParser.Parse(settings, checkout);
        var prepared = PreparedNotebook.From(checkout, NotebookCatalog.Find(checkout, settings.Slug), options);
        var runner = (IRunView view) => new NotebookRunner(checkout, options, view).RunAsync(prepared, cancellationToken);
        var result = await RunView.WatchAsync(console, settings.Slug, runner).ConfigureAwait(false);
        RunSummary.Print(console, checkout, settings.Slug, options, result);
        return result.ExitCode;
    }
}
