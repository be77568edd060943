using Spectre.Console;

namespace ResearchKit.Cli.Running;

/// <summary>A run before a person's eyes: live in a terminal, a line a cell in a log.</summary>
internal static class RunView
{
    internal static async Task<T> WatchAsync<T>(IAnsiConsole console, string slug, Func<IRunView, Task<T>> run)
    {
        if (console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal) return await LiveView.ShowAsync(console, slug, run).ConfigureAwait(false);
        using var view = new PlainView(console.Profile.Out.Writer);
        return await run(view).ConfigureAwait(false);
    }
}
