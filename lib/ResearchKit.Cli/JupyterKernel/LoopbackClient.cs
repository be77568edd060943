using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using NetMQ;
using NetMQ.Sockets;
using ResearchKit.Cli.Session;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>The smallest front end: starts the kernel over a connection file as Jupyter does and runs cells in it.</summary>
internal sealed class LoopbackClient : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("rk-kernel-");
    private readonly Process process;
    private readonly DealerSocket shell = new();
    private readonly MessageWire wire;

    internal LoopbackClient(string workingFolder)
    {
        var connection = NewConnection();
        wire = new MessageWire(Encoding.UTF8.GetBytes((string)connection["key"]!));
        var path = Path.Combine(folder.FullName, "connection.json");
        File.WriteAllText(path, connection.ToJsonString());
        var start = new ProcessStartInfo(SessionProcess.DotnetHost, ["exec", typeof(LoopbackClient).Assembly.Location, "kernel", "start", path])
        {
            WorkingDirectory = workingFolder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in SessionEnvironment.Defaults()) start.Environment.TryAdd(name, value);
        process = Process.Start(start)!;
        shell.Connect($"tcp://127.0.0.1:{connection["shell_port"]}");
    }

    /// <summary>Runs a cell and the expression "value" after it; gives the reply, or null where none comes in time.</summary>
    internal JsonObject? Run(string code, string value, TimeSpan patience)
    {
        shell.SendMultipartMessage(wire.Encode("execute_request", [], null, new JsonObject { ["code"] = code, ["user_expressions"] = new JsonObject { ["value"] = value } }));
        var frames = new NetMQMessage();
        return shell.TryReceiveMultipartMessage(patience, ref frames) && wire.TryDecode(frames, out var message, out _) ? message.Content : null;
    }

    /// <summary>A connection file's content with ports that are free now.</summary>
    internal static JsonObject NewConnection()
    {
        var names = new[] { "shell_port", "control_port", "iopub_port", "stdin_port", "hb_port" };
        var listeners = names.Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var connection = new JsonObject { ["transport"] = "tcp", ["ip"] = "127.0.0.1", ["signature_scheme"] = "hmac-sha256", ["key"] = Guid.NewGuid().ToString() };
        foreach (var (name, listener) in names.Zip(listeners)) connection[name] = ((IPEndPoint)listener.LocalEndpoint).Port;
        listeners.ForEach(listener => listener.Stop());
        return connection;
    }

    public void Dispose()
    {
        shell.Options.Linger = TimeSpan.Zero;
        shell.Dispose();
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
        folder.Delete(recursive: true);
    }
}
