using System.Text.Json.Nodes;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Runs cells in the engine and publishes what they show while they run.</summary>
internal sealed class CellExecution(Engine engine, KernelSockets sockets)
{
    // Prints that follow each other this closely share a message.
    private static readonly TimeSpan MergeWindow = TimeSpan.FromMilliseconds(20);

    private static readonly CellError Died = new(
        "EngineEnded",
        "The engine's process ended; a new one is started. What earlier cells defined is gone: run them again.",
        ["The engine's process ended; a new one is started.", "What earlier cells defined is gone: run them again."],
        0);

    private readonly Dictionary<int, byte[]> parents = [];
    private int requests;

    /// <summary>The number that cells are counted by.</summary>
    internal int Count { get; set; }

    internal KernelHistory History { get; } = new();

    /// <summary>Runs an execute_request and gives the content of its reply.</summary>
    internal async Task<JsonObject> RunAsync(JupyterMessage request)
    {
        var code = request.Text("code");
        var silent = request.Flag("silent", false);
        if (!silent)
        {
            if (request.Flag("store_history", true)) History.Add(++Count, code);
            sockets.Publish(request.HeaderBytes, "execute_input", new JsonObject { ["code"] = code, ["execution_count"] = Count });
        }
        var error = string.IsNullOrWhiteSpace(code) ? null : await RunCellAsync(request, code, request.Flag("allow_stdin", false), silent ? null : shown => Show(request, shown, code)).ConfigureAwait(false);
        var reply = new JsonObject { ["status"] = error is null ? "ok" : "error", ["execution_count"] = Count, ["user_expressions"] = new JsonObject(), ["payload"] = new JsonArray() };
        if (error is null) reply["user_expressions"] = await ExpressionsAsync(request).ConfigureAwait(false);
        else foreach (var (name, value) in DisplayContent.Error(error, code)) reply[name] = value?.DeepClone();
        return reply;
    }

    /// <summary>What an earlier cell shows after it ended.</summary>
    internal void ShowLate(SessionEvent happened)
    {
        byte[]? parent;
        lock (parents) if (!parents.TryGetValue(happened.Cell, out parent)) return;
        if (happened.Kind is EventKind.StandardOutput or EventKind.StandardError) sockets.Publish(parent, "stream", DisplayContent.Stream(happened.Kind, happened.Text!));
    }

    internal async Task<SessionEvent?> AskAsync(RequestKind kind, string code, CodeCursor place)
    {
        var events = engine.Send(new SessionRequest(kind, ++requests, code) { Line = place.Line, Character = place.Character });
        SessionEvent? answer = null;
        await foreach (var happened in events.ReadAllAsync().ConfigureAwait(false)) answer = happened;
        return answer?.Kind is EventKind.Completed or EventKind.Explained ? answer : null;
    }

    private async Task<CellError?> RunCellAsync(JupyterMessage request, string code, bool allowInput, Action<SessionEvent>? show)
    {
        var number = ++requests;
        if (show is not null) lock (parents) parents[number] = request.HeaderBytes;
        var events = engine.Send(new SessionRequest(RequestKind.Run, number, code) { AllowInput = allowInput });
        var stream = new OutputStream((kind, text) => show?.Invoke(new SessionEvent(kind) { Text = text }));
        CellError? error = null;
        var done = false;
        while (await events.WaitToReadAsync().ConfigureAwait(false))
        {
            while (events.TryRead(out var happened))
            {
                if (happened.Kind is EventKind.StandardOutput or EventKind.StandardError)
                {
                    stream.Add(happened);
                    if (stream.IsFull) stream.Flush();
                    else if (!events.TryPeek(out _)) await Task.Delay(MergeWindow).ConfigureAwait(false);
                    continue;
                }
                stream.Flush();
                error ??= happened.Error;
                done |= happened.Kind == EventKind.Done;
                if (happened.Kind == EventKind.InputRequested) Ask(request, happened);
                else if (happened.Kind != EventKind.Done) show?.Invoke(happened);
            }
            stream.Flush();
        }
        if (done) return error;
        show?.Invoke(new SessionEvent(EventKind.Error) { Error = Died });
        return Died;
    }

    private void Show(JupyterMessage request, SessionEvent shown, string code)
    {
        var (type, content) = shown.Kind switch
        {
            EventKind.Display => ("display_data", DisplayContent.Display(shown)),
            EventKind.Update => ("update_display_data", DisplayContent.Display(shown)),
            EventKind.Result => ("execute_result", DisplayContent.Result(shown, Count)),
            EventKind.Clear => ("clear_output", new JsonObject { ["wait"] = shown.Wait }),
            EventKind.Error => ("error", DisplayContent.Error(shown.Error!, code)),
            _ => ("stream", DisplayContent.Stream(shown.Kind, shown.Text!)),
        };
        sockets.Publish(request.HeaderBytes, type, content);
        if (shown.Kind == EventKind.Result && request.Flag("store_history", true)) History.SetOutput(shown.Data!.GetValueOrDefault("text/plain") ?? shown.Data!.Values.First());
    }

    private void Ask(JupyterMessage request, SessionEvent asked) =>
        sockets.Ask(request, new JsonObject { ["prompt"] = asked.Text, ["password"] = asked.Password });

    private async Task<JsonObject> ExpressionsAsync(JupyterMessage request)
    {
        var results = new JsonObject();
        foreach (var (name, expression) in request.Content["user_expressions"] as JsonObject ?? [])
        {
            SessionEvent? value = null;
            var code = expression?.ToString() ?? "";
            var error = await RunCellAsync(request, code, allowInput: false, shown => value = shown.Kind == EventKind.Result ? shown : value).ConfigureAwait(false);
            results[name] = error is null
                ? new JsonObject { ["status"] = "ok", ["data"] = value is null ? new JsonObject() : DisplayContent.Bundle(value.Data!), ["metadata"] = new JsonObject() }
                : Failed(DisplayContent.Error(error, code));
        }
        return results;
    }

    private static JsonObject Failed(JsonObject error)
    {
        error["status"] = "error";
        return error;
    }
}
