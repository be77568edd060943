using System.Threading.Channels;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>
/// The session behind the kernel: a child process, the same that `rk run` uses, started anew where it ends. One request
/// at a time; what its earlier cells still print goes to <paramref name="late"/>.
/// </summary>
internal sealed class Engine(string folder, IReadOnlyDictionary<string, string> environment, Action<SessionEvent> late) : IAsyncDisposable
{
    // The session itself aborts a cell one second after it was told to end.
    private static readonly TimeSpan AbortGrace = TimeSpan.FromSeconds(4);

    private readonly Lock gate = new();
    private SessionProcess? session;
    private ActiveRequest? active;
    private bool disposed;

    /// <summary>Starts the process, if none runs.</summary>
    internal void Start()
    {
        lock (gate)
        {
            if (session is null && !disposed) _ = PumpAsync(session = SessionProcess.Start(folder, environment));
        }
    }

    /// <summary>Hands a request to the session; its events end with its answer, or without one where the process died.</summary>
    internal ChannelReader<SessionEvent> Send(SessionRequest request)
    {
        Start();
        lock (gate)
        {
            active = new ActiveRequest(request, Channel.CreateUnbounded<SessionEvent>());
            session?.Send(request);
            return active.Events.Reader;
        }
    }

    internal void Answer(string? text)
    {
        lock (gate) session?.Send(new SessionRequest(RequestKind.Input) { Text = text });
    }

    /// <summary>Ends the running cell and keeps the session; a cell that cannot be ended so is ended with its process.</summary>
    internal async Task InterruptAsync()
    {
        var (interrupted, process) = (active, session);
        if (interrupted?.Request.Kind != RequestKind.Run || process is null) return;
        process.Cancel();
        await Task.WhenAny(interrupted.Events.Reader.Completion, Task.Delay(AbortGrace)).ConfigureAwait(false);
        if (ReferenceEquals(active, interrupted)) process.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        SessionProcess? last;
        lock (gate) (last, session, disposed) = (session, null, true);
        // A running cell would keep its process past the pipe's end.
        if (active is not null) last?.Kill();
        if (last is not null) await last.DisposeAsync().ConfigureAwait(false);
    }

    private async Task PumpAsync(SessionProcess process)
    {
        var ready = false;
        await foreach (var happened in process.Events.ReadAllAsync().ConfigureAwait(false))
        {
            ready |= happened.Kind == EventKind.Ready;
            Route(happened);
        }
        lock (gate)
        {
            if (ReferenceEquals(session, process)) session = null;
            active?.Events.Writer.TryComplete();
            active = null;
        }
        if (disposed) return;
        await process.DisposeAsync().ConfigureAwait(false);
        // One that does not come up is tried again with the next request, not in a loop.
        if (ready) Start();
    }

    private void Route(SessionEvent happened)
    {
        lock (gate)
        {
            if (happened.Kind == EventKind.Ready) return;
            if (active is not { } waiting || waiting.Request.Cell != happened.Cell)
            {
                late(happened);
                return;
            }
            waiting.Events.Writer.TryWrite(happened);
            if (happened.Kind is not (EventKind.Done or EventKind.Completed or EventKind.Explained)) return;
            waiting.Events.Writer.TryComplete();
            active = null;
        }
    }

    private sealed record ActiveRequest(SessionRequest Request, Channel<SessionEvent> Events);
}
