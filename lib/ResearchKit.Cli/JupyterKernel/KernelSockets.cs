using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>The kernel's five sockets, served by one thread; anyone may hand it messages to send.</summary>
internal sealed class KernelSockets : IDisposable
{
    private readonly MessageWire wire;
    private readonly RouterSocket shell = new();
    private readonly RouterSocket control = new();
    private readonly RouterSocket input = new();
    private readonly PublisherSocket pubSub = new();
    private readonly ResponseSocket heartbeat = new();
    private readonly NetMQQueue<(NetMQSocket Socket, NetMQMessage Frames)> outgoing = new();
    private readonly NetMQPoller poller;
    private int dropped;

    internal KernelSockets(ConnectionFile connection, Action<JupyterMessage> onShell, Action<JupyterMessage> onControl, Action<JupyterMessage> onInput)
    {
        wire = new MessageWire(connection.Key);
        poller = [shell, control, input, pubSub, heartbeat, outgoing];
        foreach (var (socket, port) in new (NetMQSocket, int)[] { (shell, connection.Shell), (control, connection.Control), (input, connection.Input), (pubSub, connection.PubSub), (heartbeat, connection.Heartbeat) })
        {
            socket.Options.Linger = TimeSpan.FromSeconds(1);
            // A front end that reads slowly loses no output.
            socket.Options.SendHighWatermark = 0;
            Bind(socket, $"tcp://{connection.Address}:{port}");
        }
        shell.ReceiveReady += (_, ready) => Receive(ready.Socket, onShell);
        control.ReceiveReady += (_, ready) => Receive(ready.Socket, onControl);
        input.ReceiveReady += (_, ready) => Receive(ready.Socket, onInput);
        heartbeat.ReceiveReady += (_, ready) => ready.Socket.SendMultipartMessage(ready.Socket.ReceiveMultipartMessage());
        outgoing.ReceiveReady += (_, _) => Flush();
        poller.RunAsync("sockets");
    }

    internal void Reply(KernelChannel channel, JupyterMessage request, string type, JsonObject content) =>
        Enqueue(channel == KernelChannel.Shell ? shell : control, wire.Encode(type, request.Identities, request.HeaderBytes, content));

    internal void Ask(JupyterMessage request, JsonObject content) =>
        Enqueue(input, wire.Encode("input_request", request.Identities, request.HeaderBytes, content));

    /// <summary>Tells every front end; <paramref name="parent"/> is the header of the request it belongs to.</summary>
    internal void Publish(byte[]? parent, string type, JsonObject content) =>
        Enqueue(pubSub, wire.Encode(type, [System.Text.Encoding.UTF8.GetBytes(type)], parent, content));

    public void Dispose()
    {
        poller.Stop();
        Flush();
        poller.Dispose();
        foreach (var socket in new NetMQSocket[] { shell, control, input, pubSub, heartbeat }) socket.Dispose();
        outgoing.Dispose();
        NetMQConfig.Cleanup();
    }

    private static void Bind(NetMQSocket socket, string address)
    {
        try
        {
            socket.Bind(address);
        }
        catch (AddressAlreadyInUseException)
        {
            throw new CliException($"{address} is taken by another program: let the front end choose other ports.");
        }
    }

    private void Enqueue(NetMQSocket socket, NetMQMessage frames) => outgoing.Enqueue((socket, frames));

    private void Flush()
    {
        while (outgoing.TryDequeue(out var next, TimeSpan.Zero)) next.Socket.SendMultipartMessage(next.Frames);
    }

    private void Receive(NetMQSocket socket, Action<JupyterMessage> handle)
    {
        if (wire.TryDecode(socket.ReceiveMultipartMessage(), out var message, out var fault))
        {
            handle(message);
            return;
        }
        dropped++;
        Console.Error.WriteLine($"ResearchKit kernel: dropped message {dropped}: it has {fault}.");
    }
}

internal enum KernelChannel
{
    Shell,
    Control,
}
