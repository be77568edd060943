using System.ComponentModel;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class NewSettings : CommandSettings
{
    [CommandArgument(0, "<slug>"), Description("The notebook's name: its file is <slug>.ipynb")]
    public string Slug { get; init; } = "";

    [CommandOption("--theme <THEME>"), Description("Its folder under notebooks/"), DefaultValue("preference")]
    public string Theme { get; init; } = "";

    [CommandOption("--title <TITLE>"), Description("Its title (default: the slug)")]
    public string? Title { get; init; }
}

/// <summary>rk new: starts a notebook.</summary>
internal sealed class NewCommand(IAnsiConsole console, Checkout checkout) : Command<NewSettings>
{
    public override int Execute(CommandContext context, NewSettings settings, CancellationToken cancellationToken)
    {
        var output = console.Profile.Out.Writer;
        foreach (var path in NewNotebook.Write(checkout, settings.Slug, settings.Theme, settings.Title ?? settings.Slug)) output.WriteLine($"{checkout.Show(path)} is written.");
        output.WriteLine($"It runs as it is: ./rk run {settings.Slug} --scale smoke");
        return ExitCodes.Success;
    }
}
