using ResearchKit.Cli.Benchmarks;
using ResearchKit.Cli.Files;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk bench: the macro suite of tests/ResearchKit.Benchmarks, as a table and as JSON.</summary>
internal sealed class BenchRunCommand(IAnsiConsole console, Checkout checkout) : AsyncCommand<BenchSettings>
{
    public override async Task<int> ExecuteAsync(CommandContext context, BenchSettings settings, CancellationToken cancellationToken)
    {
        var output = console.Profile.Out.Writer;
        var project = new BenchmarkProject(checkout);
        output.WriteLine($"building {checkout.Show(project.Folder)} ...");
        await project.BuildAsync(cancellationToken).ConfigureAwait(false);
        var file = Path.Combine(OutFolder.Of(checkout, settings.Out), "bench.json");
        var measured = await project.RunAsync(settings.Cases, output.WriteLine, cancellationToken).ConfigureAwait(false);
        AtomicFile.Write(file, JsonText.Bytes(measured, indent: 2));
        BenchTable.Print(console, measured);
        output.WriteLine($"Written: {checkout.Show(file)}");
        return ExitCodes.Success;
    }
}
