using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>
/// The Jupyter kernel: this process talks to front ends and never runs a cell, so that it answers, interrupts and
/// replaces the engine whatever a cell does.
/// </summary>
internal sealed class KernelServer : IAsyncDisposable
{
    private readonly Channel<(long Number, JupyterMessage Message)> shell = Channel.CreateUnbounded<(long, JupyterMessage)>();
    private readonly Channel<JupyterMessage> control = Channel.CreateUnbounded<JupyterMessage>();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly KernelSockets sockets;
    private readonly Engine engine;
    private readonly CellExecution cells;
    private long received;
    private long abortedTo;

    internal KernelServer(ConnectionFile connection, string folder, IReadOnlyDictionary<string, string> environment)
    {
        engine = new Engine(folder, environment, happened => cells!.ShowLate(happened));
        engine.Start();
        sockets = new KernelSockets(
            connection,
            message => shell.Writer.TryWrite((Interlocked.Increment(ref received), message)),
            message => control.Writer.TryWrite(message),
            message => engine.Answer(message.Text("value")));
        cells = new CellExecution(engine, sockets);
        sockets.Publish(null, "status", new JsonObject { ["execution_state"] = "starting" });
        _ = ServeShellAsync();
        _ = ServeControlAsync();
    }

    /// <summary>Ends with a shutdown_request.</summary>
    internal Task Ended => ended.Task;

    internal void End() => ended.TrySetResult();

    internal Task InterruptAsync() => engine.InterruptAsync();

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync().ConfigureAwait(false);
        sockets.Dispose();
    }

    private async Task ServeShellAsync()
    {
        await foreach (var (number, message) in shell.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await ServeAsync(KernelChannel.Shell, message, number <= abortedTo).ConfigureAwait(false);
        }
    }

    private async Task ServeControlAsync()
    {
        await foreach (var message in control.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await ServeAsync(KernelChannel.Control, message, aborted: false).ConfigureAwait(false);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "one bad request ends no kernel")]
    private async Task ServeAsync(KernelChannel channel, JupyterMessage message, bool aborted)
    {
        sockets.Publish(message.HeaderBytes, "status", new JsonObject { ["execution_state"] = "busy" });
        try
        {
            if (await AnswerAsync(message, aborted).ConfigureAwait(false) is { } reply)
            {
                sockets.Reply(channel, message, message.Type.Replace("_request", "_reply", StringComparison.Ordinal), reply);
            }
        }
        catch (Exception error)
        {
            await Console.Error.WriteLineAsync($"ResearchKit kernel: {message.Type} failed: {error}").ConfigureAwait(false);
            sockets.Reply(channel, message, message.Type.Replace("_request", "_reply", StringComparison.Ordinal), DisplayContent.Error(new CellError(error.GetType().Name, error.Message, [], 0), ""));
        }
        sockets.Publish(message.HeaderBytes, "status", new JsonObject { ["execution_state"] = "idle" });
        if (message.Type == "shutdown_request") End();
    }

    private async Task<JsonObject?> AnswerAsync(JupyterMessage message, bool aborted)
    {
        switch (message.Type)
        {
            case "execute_request":
                return aborted ? new JsonObject { ["status"] = "aborted" } : await ExecuteAsync(message).ConfigureAwait(false);
            case "kernel_info_request":
                return KernelInfo.Reply();
            case "complete_request":
                return await LanguageReplies.CompleteAsync(cells, message).ConfigureAwait(false);
            case "inspect_request":
                return await LanguageReplies.InspectAsync(cells, message).ConfigureAwait(false);
            case "is_complete_request":
                return CodeCompleteness.Reply(message.Text("code"));
            case "history_request":
                return cells.History.Reply(message);
            case "comm_info_request":
                return new JsonObject { ["status"] = "ok", ["comms"] = new JsonObject() };
            case "comm_open":
                // There is no target here that a front end could talk to.
                sockets.Publish(message.HeaderBytes, "comm_close", new JsonObject { ["comm_id"] = message.Text("comm_id"), ["data"] = new JsonObject() });
                return null;
            case "interrupt_request":
                await InterruptAsync().ConfigureAwait(false);
                return new JsonObject { ["status"] = "ok" };
            case "shutdown_request":
                return new JsonObject { ["status"] = "ok", ["restart"] = message.Flag("restart", false) };
            case "comm_msg" or "comm_close":
                return null;
            default:
                await Console.Error.WriteLineAsync($"ResearchKit kernel: no answer to {message.Type}.").ConfigureAwait(false);
                return null;
        }
    }

    private async Task<JsonObject> ExecuteAsync(JupyterMessage message)
    {
        var reply = await cells.RunAsync(message).ConfigureAwait(false);
        // Cells already sent were meant to follow one that worked.
        if ((string?)reply["status"] == "error" && message.Flag("stop_on_error", true)) abortedTo = Interlocked.Read(ref received);
        return reply;
    }
}
