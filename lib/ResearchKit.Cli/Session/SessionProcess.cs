using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Channels;

namespace ResearchKit.Cli.Session;

/// <summary>The parent's hold on a session: starts it, sends it cells, ends it whatever state it is in.</summary>
internal sealed class SessionProcess : IAsyncDisposable
{
    private static readonly TimeSpan ExitGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(300);

    // A pipe's inheritable end must not be open while another child is started.
    private static readonly Lock Starting = new();

    private readonly Process process;
    private readonly StreamWriter requests;
    private readonly Channel<SessionEvent> events = Channel.CreateUnbounded<SessionEvent>(new UnboundedChannelOptions { SingleReader = true });
    private int cell;
    private bool ended;

    private SessionProcess(Process process, AnonymousPipeServerStream requestPipe, AnonymousPipeServerStream eventPipe)
    {
        this.process = process;
        requests = new StreamWriter(requestPipe, new UTF8Encoding(false)) { AutoFlush = true };
        Read("events", new StreamReader(eventPipe, Encoding.UTF8), line => SessionWire.Read<SessionEvent>(line));
        Read("stray output", process.StandardOutput, line => new SessionEvent(EventKind.StandardOutput, cell) { Text = line + "\n" });
        Read("stray errors", process.StandardError, line => new SessionEvent(EventKind.StandardError, cell) { Text = line + "\n" });
        _ = CompleteAfterExitAsync();
    }

    internal static SessionProcess Start(string folder, IReadOnlyDictionary<string, string> environment)
    {
        lock (Starting)
        {
            var requestPipe = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var eventPipe = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var start = new ProcessStartInfo(DotnetHost)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
                ArgumentList = { "exec", typeof(SessionProcess).Assembly.Location, "session", requestPipe.GetClientHandleAsString(), eventPipe.GetClientHandleAsString() },
            };
            if (OperatingSystem.IsWindows()) start.CreateNewProcessGroup = true;
            foreach (var (name, value) in SessionEnvironment.Defaults()) start.Environment.TryAdd(name, value);
            Allocator.OfSessions.Apply(start.Environment);
            foreach (var (name, value) in environment) start.Environment[name] = value;
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            requestPipe.DisposeLocalCopyOfClientHandle();
            eventPipe.DisposeLocalCopyOfClientHandle();
            return new SessionProcess(process, requestPipe, eventPipe);
        }
    }

    /// <summary>All that the process tells; it ends with the process.</summary>
    internal ChannelReader<SessionEvent> Events => events.Reader;

    /// <summary>Runs a cell; its events end with Done. They end without it where the process died.</summary>
    internal async IAsyncEnumerable<SessionEvent> RunAsync(int number, string code)
    {
        Send(new SessionRequest(RequestKind.Run, number, code));
        await foreach (var happened in events.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            yield return happened;
            if (happened.Kind == EventKind.Done) yield break;
        }
    }

    internal void Cancel() => Send(new SessionRequest(RequestKind.Cancel));

    internal void Kill()
    {
        lock (requests)
        {
            if (!ended) ProcessGroup.End(process);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await requests.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The process is gone already.
        }
        using var grace = new CancellationTokenSource(ExitGrace);
        try
        {
            await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Killed below.
        }
        Kill();
        lock (requests) ended = true;
        process.Dispose();
    }

    internal void Send(SessionRequest request)
    {
        if (request.Kind == RequestKind.Run) cell = request.Cell;
        try
        {
            lock (requests) requests.WriteLine(SessionWire.Write(request));
        }
        catch (IOException)
        {
            // The process is gone: the events' end says so.
        }
    }

    // What the process wrote last is still on its way when it ends; the pipes' own end may never come, because a program
    // that a cell started can hold them open.
    private async Task CompleteAfterExitAsync()
    {
        await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await Task.Delay(LastWords).ConfigureAwait(false);
        events.Writer.TryComplete();
    }

    private void Read(string name, StreamReader reader, Func<string, SessionEvent> parse) =>
        new Thread(() =>
        {
            try
            {
                while (reader.ReadLine() is { } line) events.Writer.TryWrite(parse(line));
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException)
            {
                // The session was ended.
            }
        })
        { IsBackground = true, Name = name }.Start();

    // The runtime that runs this program, whatever host started it.
    internal static string DotnetHost { get; } = Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
