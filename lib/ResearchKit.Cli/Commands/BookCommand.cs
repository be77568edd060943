using System.ComponentModel;
using ResearchKit.Cli.Book;
using ResearchKit.Cli.Files;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class BookSettings : CommandSettings
{
    [CommandOption("--out <DIR>"), Description("Folder for the site (default: book/ in the folder of results)")]
    public string? Out { get; init; }
}

/// <summary>rk book: all notebooks as a website that needs no server and no network.</summary>
internal sealed class BookCommand(IAnsiConsole console, Checkout checkout) : AsyncCommand<BookSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, BookSettings settings, CancellationToken cancellationToken)
    {
        var folder = settings.Out is null ? Path.Combine(OutFolder.Of(checkout, option: null), "book") : OutFolder.Of(checkout, settings.Out);
        var chapters = await BookSite.WriteAsync(checkout, folder, () => KitPlotly.ScriptAsync(checkout)).ConfigureAwait(false);
        var output = console.Profile.Out.Writer;
        foreach (var chapter in chapters) output.WriteLine($"{chapter.Number,3}  {chapter.Entry.Slug,-32} {Outputs(chapter.Execution)}");
        output.WriteLine($"{checkout.Show(Path.Combine(folder, "index.html"))} is written.");
        return ExitCodes.Success;
    }

    private static string Outputs(Execution execution) => execution switch
    {
        Execution.Committed => "with its committed outputs",
        Execution.LastRun => "with the outputs of its last run here",
        _ => "not executed: text and code only",
    };
}
