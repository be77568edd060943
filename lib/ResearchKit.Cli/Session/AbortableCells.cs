using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Commands;
using Microsoft.DotNet.Interactive.CSharp;

namespace ResearchKit.Cli.Session;

/// <summary>Ends a running cell: by the engine's cancellation, which a loop of the kit polls and an await sees, else by an abort.</summary>
internal sealed class AbortableCells : IDisposable
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(1);

    private readonly CellThread thread = new();
    private CancellationTokenSource abort = new();
    private TaskCompletionSource request = new();
    private volatile Task running = Task.CompletedTask;

    /// <summary>Whether the running cell, or the one that ended last, was told to end.</summary>
    internal bool Interrupted { get; private set; }

    internal void Attach(CSharpKernel kernel) => kernel.AddMiddleware(RunAsync, "abortable cells");

    internal void Begin()
    {
        Interrupted = false;
        request = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!abort.IsCancellationRequested) return;
        abort.Dispose();
        abort = new CancellationTokenSource();
    }

    /// <summary>A cancelled command is done for the engine while its cell still runs.</summary>
    internal async Task EndAsync()
    {
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        request.TrySetResult();
    }

    internal async Task InterruptAsync(Func<Task> cancel)
    {
        Interrupted = true;
        var (ended, ending) = (request.Task, abort);
        _ = Task.Run(cancel);
        await Task.WhenAny(ended, Task.Delay(CancelGrace)).ConfigureAwait(false);
        if (!ended.IsCompleted) await Task.Run(ending.Cancel).ConfigureAwait(false);
    }

    public void Dispose() => abort.Dispose();

    private async Task RunAsync(KernelCommand command, KernelInvocationContext context, KernelPipelineContinuation next)
    {
        // Code that a running cell submits runs where that cell waits for it.
        if (command is not SubmitCode || !running.IsCompleted)
        {
            await next(command, context).ConfigureAwait(false);
            return;
        }
        var cell = thread.RunAsync(() => next(command, context), abort.Token);
        running = cell;
        if (!await cell.ConfigureAwait(false)) context.Fail(command, message: "The cell was aborted.");
    }
}
