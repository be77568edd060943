using System.ComponentModel;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class BenchSettings : CommandSettings
{
    [CommandOption("-c|--case <NAME>"), Description("Measures only this case; repeatable (default: all, some minutes)")]
    public string[] Cases { get; init; } = [];

    [CommandOption("--out <DIR>"), Description("Folder for bench.json (default: out/ in the repository)")]
    public string? Out { get; init; }
}
