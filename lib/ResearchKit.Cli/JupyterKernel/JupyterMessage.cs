using System.Text.Json.Nodes;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>A message as it came: who sent it, its header (also as the bytes that answers carry as their parent), its content.</summary>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, byte[] HeaderBytes, JsonObject Header, JsonObject Content)
{
    internal string Type => Header["msg_type"]?.ToString() ?? "";

    internal string Session => Header["session"]?.ToString() ?? "";

    internal string Text(string name) => Content[name] is JsonValue value && value.TryGetValue(out string? text) ? text : "";

    internal bool Flag(string name, bool fallback) => Content[name] is JsonValue value && value.TryGetValue(out bool flag) ? flag : fallback;

    internal int Number(string name, int fallback) => Content[name] is JsonValue value && value.TryGetValue(out int number) ? number : fallback;
}
