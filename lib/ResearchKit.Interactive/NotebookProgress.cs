using System.Diagnostics;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using ResearchKit.Training;

namespace ResearchKit.Interactive;

/// <summary>
/// The progress of one cell: one display, updated in place at most ten times a second, that holds a bar for each
/// piece of work. Seeds report from threads of their own.
/// </summary>
internal sealed class NotebookProgress : IProgressSink
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private readonly List<Bar> bars = [];
    private readonly Stopwatch sinceShown = new();
    private DisplayedValue? display;
    private bool stopped;

    internal NotebookProgress(KernelInvocationContext? context)
    {
        Context = context;
        // The engine shows nothing more of a cell once its cancellation has come through: the last word is said before.
        context?.CancellationToken.Register(Stop);
    }

    /// <summary>The cell it belongs to.</summary>
    internal KernelInvocationContext? Context { get; }

    /// <inheritdoc/>
    public IProgressBar Start(string title, int total)
    {
        var bar = new Bar(this, title, total);
        lock (gate)
        {
            bars.Add(bar);
            Show(force: true);
        }
        return bar;
    }

    private void Stop()
    {
        lock (gate)
        {
            if (!stopped && bars.Count > 0) Show(force: true);
        }
    }

    // Called under the gate. A loop may see the cancellation, and end its bar, before Stop is called: whoever comes first says the last word.
    private void Show(bool force)
    {
        if (!force && sinceShown.IsRunning && sinceShown.Elapsed < Pause) return;
        sinceShown.Restart();
        stopped |= Context?.CancellationToken.IsCancellationRequested == true;
        var state = new ProgressState([.. bars.Select(b => b.Line() with { Done = stopped || b.IsDone })]) { Stopped = stopped };
        if (Context is null)
        {
            if (state.Done) Console.WriteLine(state);
        }
        else if (display is null) display = Context.Display(state, [.. Formatter.GetPreferredMimeTypesFor(typeof(ProgressState))]);
        else display.Update(state);
    }

    private sealed class Bar(NotebookProgress owner, string title, int total) : IProgressBar
    {
        private readonly Stopwatch clock = Stopwatch.StartNew();
        private int step;
        private double? loss;
        private string? note;
        private bool done;
        private int? before;
        private double start;

        internal bool IsDone => done;

        public void Report(int step, double? loss = null, string? note = null)
        {
            lock (owner.gate)
            {
                if (before is null) (before, start) = (step, clock.Elapsed.TotalSeconds);
                (this.step, this.loss, this.note) = (step, loss ?? this.loss, note);
                owner.Show(force: false);
            }
        }

        public void Dispose()
        {
            lock (owner.gate)
            {
                if (done) return;
                done = true;
                owner.Show(force: true);
            }
        }

        internal ProgressLine Line() => new(title, step, total, loss, note, clock.Elapsed.TotalSeconds - start, done) { Before = before ?? 0 };
    }
}
