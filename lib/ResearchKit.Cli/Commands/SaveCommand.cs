using System.Globalization;
using ResearchKit.Cli.Files;
using ResearchKit.Cli.Notebooks;
using ResearchKit.Cli.Running;
using Spectre.Console;
using Spectre.Console.Cli;

namespace ResearchKit.Cli.Commands;

/// <summary>rk save: runs a notebook at workshop scale and writes what is committed of it.</summary>
internal sealed class SaveCommand(IAnsiConsole console, Checkout checkout) : AsyncCommand<SaveSettings>
{
    private const string Workshop = "workshop";

    public override async Task<int> ExecuteAsync(CommandContext context, SaveSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Scale is { } scale && scale != Workshop) throw new CliException($"--scale {scale}: committed notebooks show the {Workshop} scale; rk run takes any.");
        if (settings.Check) return Check(settings.Slug);
        if (settings.Slug is not { } slug) throw new CliException("rk save: name the notebook to save, or give --check (see rk list).");

        var options = RunOptionsParser.Parse(
            new RunSettings { Slug = slug, Scale = Workshop, Device = settings.Device, Threads = settings.Threads, Timeout = settings.Timeout }, checkout);
        var saver = new NotebookSaver(checkout);
        var (run, paths) = await RunView.WatchAsync(console, slug, view => saver.SaveAsync(options, view, cancellationToken)).ConfigureAwait(false);
        RunSummary.Print(console, checkout, slug, options, run);
        var output = console.Profile.Out.Writer;
        output.WriteLine(paths.Count > 0 ? "Saved, to be committed:" : "Nothing is saved.");
        foreach (var path in paths) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {checkout.Show(path)} ({new FileInfo(path).Length / 1024.0:F0} KB)"));
        return run.ExitCode;
    }

    private int Check(string? slug)
    {
        var entries = slug is null ? NotebookCatalog.List(checkout) : [NotebookCatalog.Find(checkout, slug)];
        var stale = entries.Select(entry => (entry.Slug, Status: NotebookStatus.Of(checkout, entry))).Where(item => item.Status.State != NotebookState.UpToDate).ToList();
        var output = console.Profile.Out.Writer;
        foreach (var (name, status) in stale) output.WriteLine($"{name}: {status.Label}: {status.Why} (./rk save {name})");
        output.WriteLine($"{entries.Count - stale.Count} of {entries.Count} saved notebooks are up to date.");
        return stale.Count == 0 ? ExitCodes.Success : ExitCodes.Failed;
    }
}
