using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;

namespace ResearchKit.Cli.Session;

/// <summary>
/// The one thread that cells run on, so that what TorchSharp keeps by thread (grad mode, dispose scopes) lasts from cell
/// to cell, and so that a cell that answers no cancellation can be aborted.
/// </summary>
internal sealed class CellThread
{
    private const int StackSize = 16 << 20;

    private BlockingCollection<Action>? cells;

    /// <summary>Runs the cell and what follows its awaits here; false where it was aborted.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "what the cell's pipeline throws belongs to who awaits it")]
    internal Task<bool> RunAsync(Func<Task> cell, CancellationToken abort)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = ExecutionContext.Capture()!;
        void Cell()
        {
            try
            {
#pragma warning disable SYSLIB0046 // It may leave locks held or the process dead: then the session is started anew.
                ControlledExecution.Run(() => ExecutionContext.Run(flow, _ => CellPump.Run(cell, abort), null), abort);
#pragma warning restore SYSLIB0046
                done.SetResult(true);
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                // The runtime leaves an aborted thread, and one that it starts, deaf to a second abort.
                Interlocked.Exchange(ref cells, null)?.CompleteAdding();
                done.SetResult(false);
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        }
        (cells ??= Begin()).Add(Cell, CancellationToken.None);
        return done.Task;
    }

    private static BlockingCollection<Action> Begin()
    {
        var queue = new BlockingCollection<Action>();
        void Loop()
        {
            foreach (var cell in queue.GetConsumingEnumerable()) cell();
        }
        new Thread(Loop, StackSize) { IsBackground = true, Name = "cells" }.Start();
        return queue;
    }
}
