using System.Diagnostics;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using ResearchKit.Cli.JupyterKernel;

namespace ResearchKit.Cli.Tests.Kernel;

/// <summary>One message of an answer: its type, its content, and which request it answers.</summary>
internal sealed record Answer(string Type, JsonObject Content, string Parent)
{
    internal string? Text(string name) => Content[name]?.ToString();

    internal string Plain => Content["data"]?["text/plain"]?.ToString() ?? "";
}

/// <summary>A reply and what was published for its request, in order.</summary>
internal sealed record Reaction(Answer Reply, IReadOnlyList<Answer> Published)
{
    internal string Status => Reply.Text("status") ?? "";

    internal string Printed(string stream = "stdout") => string.Concat(Published.Where(answer => answer.Type == "stream" && answer.Text("name") == stream).Select(answer => answer.Text("text")));

    internal IReadOnlyList<Answer> Of(string type) => [.. Published.Where(answer => answer.Type == type)];
}

/// <summary>A front end over the wire, written apart from the kernel's own sockets.</summary>
internal sealed class KernelClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly DealerSocket shell = new();
    private readonly DealerSocket control = new();
    private readonly DealerSocket input = new();
    private readonly SubscriberSocket pubSub = new();
    private readonly RequestSocket heartbeat = new();
    private readonly MessageWire wire;
    private readonly List<Answer> published = [];
    private readonly List<Answer> replies = [];

    internal KernelClient(JsonObject connection)
    {
        wire = new MessageWire(System.Text.Encoding.UTF8.GetBytes((string)connection["key"]!));
        var identity = Guid.NewGuid().ToByteArray();
        identity[0] |= 1;
        foreach (var socket in new NetMQSocket[] { shell, control, input }) socket.Options.Identity = identity;
        foreach (var (socket, port) in new (NetMQSocket, string)[] { (shell, "shell_port"), (control, "control_port"), (input, "stdin_port"), (pubSub, "iopub_port"), (heartbeat, "hb_port") })
        {
            socket.Options.ReceiveHighWatermark = 0;
            socket.Options.Linger = TimeSpan.Zero;
            socket.Connect($"tcp://127.0.0.1:{connection[port]}");
        }
        pubSub.SubscribeToAnyTopic();
    }

    internal IReadOnlyList<Answer> Published => published;

    /// <summary>A subscription takes effect some time after it is made: asks until what is published arrives.</summary>
    internal void Connect()
    {
        var clock = Stopwatch.StartNew();
        while (published.Count == 0 && clock.Elapsed < Patience)
        {
            Send("kernel_info_request", []);
            for (var i = 0; i < 30 && published.Count == 0; i++) Drain();
        }
    }

    internal bool Beats()
    {
        heartbeat.SendFrame("beat");
        return heartbeat.TryReceiveFrameString(Patience, out var echo) && echo == "beat";
    }

    internal string Send(string type, JsonObject content, bool onControl = false)
    {
        var frames = wire.Encode(type, [], null, content);
        (onControl ? control : shell).SendMultipartMessage(frames);
        return (string)JsonNode.Parse(frames[2].ToByteArray())!["msg_id"]!;
    }

    internal void SendRaw(NetMQMessage frames) => shell.SendMultipartMessage(frames);

    internal void AnswerInput(string value) => input.SendMultipartMessage(wire.Encode("input_reply", [], null, new JsonObject { ["value"] = value }));

    internal Answer ReceiveInputRequest() => Receive(input) ?? throw new TimeoutException("no input_request");

    internal string SendCode(string code, bool silent = false, bool storeHistory = true, bool stopOnError = true, bool allowInput = false, JsonObject? expressions = null) => Send("execute_request", new JsonObject
    {
        ["code"] = code,
        ["silent"] = silent,
        ["store_history"] = storeHistory,
        ["user_expressions"] = expressions ?? [],
        ["allow_stdin"] = allowInput,
        ["stop_on_error"] = stopOnError,
    });

    internal Reaction Run(string code) => React(SendCode(code));

    internal Reaction Ask(string type, JsonObject content, bool onControl = false) => React(Send(type, content, onControl));

    /// <summary>Waits for the reply to a request and for its idle status.</summary>
    internal Reaction React(string id)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < Patience)
        {
            Drain();
            var reply = replies.Find(answer => answer.Parent == id);
            if (reply is not null && IsIdle(id)) return new Reaction(reply, [.. published.Where(answer => answer.Parent == id)]);
        }
        throw new TimeoutException($"no reply; received: {string.Join(", ", published.Where(answer => answer.Parent == id).Select(answer => $"{answer.Type} {answer.Content.ToJsonString()}"))}");
    }

    internal void WaitFor(Predicate<Answer> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!published.Exists(condition))
        {
            if (clock.Elapsed > Patience) throw new TimeoutException("the awaited message did not come");
            Drain();
        }
    }

    public void Dispose()
    {
        foreach (var socket in new NetMQSocket[] { shell, control, input, pubSub, heartbeat }) socket.Dispose();
    }

    private bool IsIdle(string id) => published.Exists(answer => answer.Parent == id && answer.Type == "status" && answer.Text("execution_state") == "idle");

    private void Drain()
    {
        var got = false;
        foreach (var socket in new NetMQSocket[] { shell, control })
        {
            while (Receive(socket, TimeSpan.Zero) is { } reply) (got, _) = (true, Add(replies, reply));
        }
        while (Receive(pubSub, got ? TimeSpan.Zero : TimeSpan.FromMilliseconds(10)) is { } shown) (got, _) = (true, Add(published, shown));
    }

    private static int Add(List<Answer> list, Answer answer)
    {
        list.Add(answer);
        return list.Count;
    }

    private Answer? Receive(NetMQSocket socket, TimeSpan? patience = null)
    {
        var frames = new NetMQMessage();
        if (!socket.TryReceiveMultipartMessage(patience ?? Patience, ref frames)) return null;
        Assert.True(wire.TryDecode(frames, out var message, out var fault), fault);
        var parent = frames.Select(frame => frame.ToByteArray()).SkipWhile(part => !part.AsSpan().SequenceEqual("<IDS|MSG>"u8)).ElementAt(3);
        return new Answer(message.Type, message.Content, JsonNode.Parse(parent)?["msg_id"]?.ToString() ?? "");
    }
}
