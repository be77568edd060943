using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Where a front end waits for the kernel: five ports on this machine and the key that signs messages.</summary>
internal sealed record ConnectionFile(string Address, int Shell, int Control, int PubSub, int Input, int Heartbeat, byte[] Key)
{
    internal static ConnectionFile Read(string path)
    {
        try
        {
            return Parse(JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? [], path);
        }
        catch (IOException error)
        {
            throw new CliException($"The connection file {path} could not be read: {error.Message}");
        }
        catch (JsonException error)
        {
            throw new CliException($"The connection file {path} is not JSON (line {error.LineNumber + 1}).");
        }
    }

    private static ConnectionFile Parse(JsonObject json, string path)
    {
        CliException Bad(string name, string expected) => new($"The connection file {path} has {name} {json[name]?.ToJsonString() ?? "missing"}; expected {expected}.");
        string Text(string name, string fallback) => json[name] is JsonValue value && value.TryGetValue(out string? text) ? text : fallback;
        int Port(string name) => json[name] is JsonValue value && value.TryGetValue(out int port) && port is > 0 and < 65536 ? port : throw Bad(name, "a port");

        if (Text("transport", "tcp") != "tcp") throw Bad("transport", "\"tcp\"");
        if (Text("signature_scheme", "hmac-sha256") != "hmac-sha256") throw Bad("signature_scheme", "\"hmac-sha256\"");
        var address = Text("ip", "127.0.0.1") is "localhost" ? "127.0.0.1" : Text("ip", "127.0.0.1");
        // Whoever reaches the ports and knows the key runs code: no other machine reaches them.
        if (!IPAddress.TryParse(address, out var ip) || !IPAddress.IsLoopback(ip)) throw Bad("ip", "an address of this machine alone (127.0.0.1)");
        return new ConnectionFile(address, Port("shell_port"), Port("control_port"), Port("iopub_port"), Port("stdin_port"), Port("hb_port"), Encoding.UTF8.GetBytes(Text("key", "")));
    }
}
