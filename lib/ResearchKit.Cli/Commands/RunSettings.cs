using System.ComponentModel;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class RunSettings : CommandSettings
{
    [CommandArgument(0, "<slug>"), Description("The notebook to run: its file's name without .ipynb (see [grey]rk list[/])")]
    public string Slug { get; init; } = "";

    [CommandOption("--scale <SCALE>"), Description("smoke, workshop or paper (default: environment.json's, else workshop)")]
    public string? Scale { get; init; }

    [CommandOption("--seed <N>"), Description("Master seed that all of the run's random streams derive from")]
    public string? Seed { get; init; }

    [CommandOption("-p|--parameter <NAME=VALUE>"), Description("Sets a variable of the notebook's parameters cell; repeatable")]
    public string[] Parameters { get; init; } = [];

    [CommandOption("--out <DIR>"), Description("Folder for the executed notebook, its HTML and its record (default: out/ in the repository)")]
    public string? Out { get; init; }

    [CommandOption("--device <DEVICE>"), Description("auto, cpu or cuda:N")]
    public string? Device { get; init; }

    [CommandOption("--threads <N>"), Description("Threads that tensor operations may use")]
    public string? Threads { get; init; }

    [CommandOption("--timeout <SECONDS>"), Description("Ends the run after that many seconds; what was executed is kept")]
    public string? Timeout { get; init; }

    [CommandOption("--pictures"), Description("Adds a static picture of every figure to the executed notebook (needs Chromium)")]
    public bool Pictures { get; init; }

    [CommandOption("--solutions"), Description("Runs the exercises' solutions in the place of their stubs")]
    public bool Solutions { get; init; }
}
