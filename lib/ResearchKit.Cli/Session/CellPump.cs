using System.Collections.Concurrent;

namespace ResearchKit.Cli.Session;

/// <summary>
/// Brings what follows an await back to the cell's thread. Where that thread is blocked, as by <c>.Result</c>, the
/// thread pool takes it, as it would without this context: nothing deadlocks that does not elsewhere.
/// </summary>
internal sealed class CellPump : SynchronizationContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    private readonly BlockingCollection<Work> queue = [];
    private volatile bool blocked;
    private volatile bool idle;

    private CellPump()
    {
    }

    internal static void Run(Func<Task> cell, CancellationToken abort)
    {
        var pump = new CellPump();
        var earlier = Current;
        SetSynchronizationContext(pump);
        try
        {
            var running = cell();
            running.ContinueWith(_ => pump.queue.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            while (pump.Take(abort) is { } work) work.Run();
            running.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(earlier);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        var work = new Work(d, state);
        if ((blocked && !idle) || !TryAdd(work)) ThreadPool.QueueUserWorkItem(_ => work.Run());
        else _ = RelieveAsync(work);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    private Work? Take(CancellationToken abort)
    {
        idle = true;
        queue.TryTake(out var work, Timeout.Infinite, abort);
        (idle, blocked) = (false, false);
        return work;
    }

    private bool TryAdd(Work work)
    {
        try
        {
            return queue.TryAdd(work);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private async Task RelieveAsync(Work work)
    {
        // An idle thread takes the work itself, however late a busy machine lets it.
        do await Task.Delay(Patience).ConfigureAwait(false);
        while (idle);
        if (!work.Take()) return;
        blocked = true;
        work.Invoke();
    }

    private sealed class Work(SendOrPostCallback callback, object? state)
    {
        private int taken;

        internal bool Take() => Interlocked.Exchange(ref taken, 1) == 0;

        internal void Invoke() => callback(state);

        internal void Run()
        {
            if (Take()) Invoke();
        }
    }
}
