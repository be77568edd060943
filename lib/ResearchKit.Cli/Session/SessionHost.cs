using System.IO.Pipes;
using System.Text;
using System.Threading.Channels;

namespace ResearchKit.Cli.Session;

/// <summary>
/// The child process of one notebook. Requests and events travel over two pipes of their own: what libraries print,
/// native ones included, goes to standard output and cannot reach them.
/// </summary>
internal static class SessionHost
{
    internal static async Task<int> RunAsync(string requestPipe, string eventPipe)
    {
        ProcessGroup.LeadOwn();
        Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

        using var requests = new StreamReader(new AnonymousPipeClientStream(PipeDirection.In, requestPipe), Encoding.UTF8);
        await using var events = new StreamWriter(new AnonymousPipeClientStream(PipeDirection.Out, eventPipe), new UTF8Encoding(false)) { AutoFlush = true };
        void Emit(SessionEvent message)
        {
            lock (events) events.WriteLine(SessionWire.Write(message));
        }

        using var kernel = new NotebookKernel(Emit);
        var cells = Channel.CreateUnbounded<SessionRequest>();
        new Thread(() => Listen(requests, kernel, cells.Writer)) { IsBackground = true, Name = "requests" }.Start();
        Emit(new SessionEvent(EventKind.Ready));
        // A notebook run from end to end gains nothing; a reader who has just opened one waits for his first cells.
        if (Environment.GetEnvironmentVariable("RESEARCHKIT_HOST") == "kernel") CompilerWarmUp.Start();
        await foreach (var request in cells.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await (request.Kind == RequestKind.Run ? kernel.RunAsync(request) : kernel.AnswerAsync(request)).ConfigureAwait(false);
        }
        return ExitCodes.Success;
    }

    // The pipe's end is the parent's end: a session never outlives it, whatever its cell is doing.
    private static void Listen(StreamReader requests, NotebookKernel kernel, ChannelWriter<SessionRequest> cells)
    {
        while (requests.ReadLine() is { } line)
        {
            var request = SessionWire.Read<SessionRequest>(line);
            if (request.Kind == RequestKind.Cancel) _ = kernel.CancelAsync();
            else if (request.Kind == RequestKind.Input) kernel.Input.Answer(request.Text);
            else cells.TryWrite(request);
        }
        Environment.Exit(ExitCodes.Success);
    }
}
