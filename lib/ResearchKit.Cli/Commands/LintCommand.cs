using ResearchKit.Cli.Files;
using ResearchKit.Cli.Linting;
using ResearchKit.Cli.Notebooks;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk lint: the house's rules over notebooks and their solutions.</summary>
internal sealed class LintCommand(IAnsiConsole console, Checkout checkout) : Command<SlugSettings>
{
    public override int Execute(CommandContext context, SlugSettings settings, CancellationToken cancellationToken)
    {
        var output = console.Profile.Out.Writer;
        var entries = NotebookCatalog.Select(checkout, settings.Slugs);
        var findings = entries.SelectMany(entry => NotebookLint.Check(checkout, entry)).ToList();
        foreach (var (path, finding) in findings) output.WriteLine($"{checkout.Show(path)}: {finding}");
        var errors = findings.Count(found => found.Finding.Severity == Severity.Error);
        output.WriteLine($"{Count(entries.Count, "notebook")}: {Count(errors, "error")}, {Count(findings.Count - errors, "warning")}.");
        return errors == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";
}
