using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ResearchKit.Cli.Running;

/// <summary>A terminal's live picture of a run: the cells, and the kit's own bar while a cell reports one.</summary>
internal sealed class LiveView(string slug) : IRunView
{
    private const int BarWidth = 24;
    private static readonly TimeSpan Refresh = TimeSpan.FromMilliseconds(150);

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private CellPosition? current;
    private int finished;
    private KitProgress? progress;

    internal static async Task<T> ShowAsync<T>(IAnsiConsole console, string slug, Func<IRunView, Task<T>> run)
    {
        using var view = new LiveView(slug);
        return await console.Live(view.Picture()).AutoClear(true).StartAsync(async context =>
        {
            var running = run(view);
            while (!running.IsCompleted)
            {
                context.UpdateTarget(view.Picture());
                await Task.WhenAny(running, Task.Delay(Refresh)).ConfigureAwait(false);
            }
            return await running.ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    public void CellStarted(CellPosition cell)
    {
        lock (gate) current = cell;
    }

    public void Progress(KitProgress progress)
    {
        lock (gate) this.progress = progress.Done ? null : progress;
    }

    public void CellFinished(CellPosition cell, TimeSpan elapsed, bool failed)
    {
        lock (gate) (finished, progress) = (cell.Number, null);
    }

    public void Dispose()
    {
    }

    internal IRenderable Picture()
    {
        lock (gate)
        {
            var cells = current is null
                ? $"[bold]{Markup.Escape(slug)}[/] starting the session"
                : $"[bold]{Markup.Escape(slug)}[/] {Bar(finished, current.Total)} cell {current.Number}/{current.Total}  {Markup.Escape(current.Heading)}";
            var lines = new List<IRenderable> { new Markup($"{cells}  [grey]{Clock(clock.Elapsed)}[/]") };
            if (progress is not null) lines.Add(new Markup(Line(progress)));
            return new Rows(lines);
        }
    }

    private static string Line(KitProgress progress)
    {
        var parts = new List<string> { $"  {Markup.Escape(progress.Title)} {Bar(progress.Step, progress.Total)} {Number(progress.Step)}/{Number(progress.Total)}" };
        if (progress.Loss is { } loss) parts.Add($"loss {loss.ToString("0.0000", CultureInfo.InvariantCulture)}");
        if (progress.Rate is { } rate) parts.Add($"{rate.ToString("0.0", CultureInfo.InvariantCulture)}/s");
        if (progress.RemainingSeconds is { } seconds) parts.Add($"[grey]{Clock(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 1e7)))} left[/]");
        return string.Join("  ", parts);
    }

    private static string Bar(double done, double total)
    {
        var full = total > 0 ? (int)Math.Round(BarWidth * Math.Clamp(done / total, 0, 1)) : 0;
        return $"[green]{new string('━', full)}[/][grey]{new string('━', BarWidth - full)}[/]";
    }

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static string Clock(TimeSpan time) =>
        time.TotalHours >= 1 ? time.ToString(@"h\:mm\:ss", CultureInfo.InvariantCulture) : time.ToString(@"m\:ss", CultureInfo.InvariantCulture);
}
