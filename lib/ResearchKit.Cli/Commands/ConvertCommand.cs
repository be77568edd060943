using System.ComponentModel;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class ConvertSettings : CommandSettings
{
    [CommandArgument(0, "<from>"), Description("An .ipynb or a .dib file")]
    public string From { get; init; } = "";

    [CommandArgument(1, "[to]"), Description("The file to write (default: beside it, with the other ending)")]
    public string? To { get; init; }

    [CommandOption("--force"), Description("Overwrites the file to write")]
    public bool Force { get; init; }
}

/// <summary>rk convert: .ipynb to .dib and back.</summary>
internal sealed class ConvertCommand(IAnsiConsole console, Checkout checkout) : Command<ConvertSettings>
{
    public override int Execute(CommandContext context, ConvertSettings settings, CancellationToken cancellationToken)
    {
        var from = Path.GetFullPath(settings.From, Checkout.CallerFolder);
        var ending = Ending(from);
        var to = settings.To is null ? Path.ChangeExtension(from, ending == ".dib" ? ".ipynb" : ".dib") : Path.GetFullPath(settings.To, Checkout.CallerFolder);
        if (Ending(to) == ending) throw new CliException($"{settings.From} and {settings.To} are both {ending} files: one is to be .ipynb, the other .dib.");
        if (!File.Exists(from)) throw new CliException($"{settings.From} is not there.");
        if (File.Exists(to) && !settings.Force) throw new CliException($"{checkout.Show(to)} is there already: --force overwrites it.");
        var notes = "";
        if (ending == ".dib")
        {
            NotebookFile.Write(to, DibReader.Read(from));
        }
        else
        {
            var notebook = NotebookFile.Read(from);
            var outputs = notebook.Cells.Count(cell => cell.Outputs.Count > 0);
            if (outputs > 0) notes = $" The outputs of {outputs} cell{(outputs == 1 ? "" : "s")} were dropped: a .dib holds none.";
            AtomicFile.Write(to, DibWriter.Text(notebook));
        }
        console.Profile.Out.Writer.WriteLine($"{checkout.Show(to)} is written.{notes}");
        return ExitCodes.Success;
    }

    private static string Ending(string path)
    {
        var ending = Path.GetExtension(path);
        return ending is ".ipynb" or ".dib" ? ending : throw new CliException($"{path}: .ipynb and .dib are the two formats that are converted.");
    }
}
