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

    private readonly BlockingCollection<Func<bool>> cells = [];

    internal CellThread() => Begin();

    /// <summary>Runs the cell and what follows its awaits here; false where it was aborted.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "what the cell's pipeline throws belongs to who awaits it")]
    internal Task<bool> RunAsync(Func<Task> cell, CancellationToken abort)
    {
        var done = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var flow = ExecutionContext.Capture()!;
        bool Cell()
        {
            try
            {
#pragma warning disable SYSLIB0046 // It may leave locks held or the process dead: then the session is started anew.
                ControlledExecution.Run(() => ExecutionContext.Run(flow, _ => CellPump.Run(cell, abort), null), abort);
#pragma warning restore SYSLIB0046
                done.SetResult(true);
                return true;
            }
            catch (OperationCanceledException) when (abort.IsCancellationRequested)
            {
                done.SetResult(false);
                return false;
            }
            catch (Exception error)
            {
                done.SetException(error);
                return true;
            }
        }
        cells.Add(Cell, CancellationToken.None);
        return done.Task;
    }

    private void Begin() => new Thread(Loop, StackSize) { IsBackground = true, Name = "cells" }.Start();

    private void Loop()
    {
        foreach (var cell in cells.GetConsumingEnumerable())
        {
            if (cell()) continue;
            // A thread can be aborted once: the runtime leaves it deaf to a second abort.
            Begin();
            return;
        }
    }
}
