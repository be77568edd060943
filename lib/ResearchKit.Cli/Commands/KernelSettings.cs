using System.ComponentModel;
using System.Text.RegularExpressions;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

internal sealed partial class KernelSettings : CommandSettings
{
    [CommandOption("--prefix <DIR>"), Description("An environment's folder (a virtualenv, say); default: the user's own kernels")]
    public string? Prefix { get; init; }

    [CommandOption("--name <NAME>"), Description("The kernelspec's name (default: researchkit, or .net-csharp with --official)")]
    public string? Name { get; init; }

    [CommandOption("--official"), Description("The real kernel of the pinned tool Microsoft.dotnet-interactive")]
    public bool Official { get; init; }

    // The name becomes a folder's.
    internal string? CheckedName => Name is null || Allowed().IsMatch(Name) ? Name : throw new CliException($"--name {Name}: expected letters, digits, '.', '-' and '_'.");

    [GeneratedRegex(@"^(?!\.+$)[A-Za-z0-9._-]{1,64}$")]
    private static partial Regex Allowed();
}
