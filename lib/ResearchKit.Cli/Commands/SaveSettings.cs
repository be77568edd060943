using System.ComponentModel;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class SaveSettings : CommandSettings
{
    [CommandArgument(0, "[slug]"), Description("The notebook to run and save")]
    public string? Slug { get; init; }

    [CommandOption("--check"), Description("Runs nothing: says which saved notebooks are stale, and fails if any is")]
    public bool Check { get; init; }

    [CommandOption("--scale <SCALE>"), Description("workshop, the only scale whose results are committed")]
    public string? Scale { get; init; }

    [CommandOption("--device <DEVICE>"), Description("auto, cpu or cuda:N")]
    public string? Device { get; init; }

    [CommandOption("--threads <N>"), Description("Threads that tensor operations may use")]
    public string? Threads { get; init; }

    [CommandOption("--timeout <SECONDS>"), Description("Ends the run after that many seconds; nothing is saved then")]
    public string? Timeout { get; init; }
}
