using System.ComponentModel;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed class SlugSettings : CommandSettings
{
    [CommandArgument(0, "[slugs]"), Description("Notebooks by their files' names without .ipynb; none: all")]
    public string[] Slugs { get; init; } = [];
}
