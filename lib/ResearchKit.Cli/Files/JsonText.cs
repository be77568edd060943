using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ResearchKit.Cli.Files;

internal static class JsonText
{
    /// <summary>Indented UTF-8 with letters unescaped, line feeds, and one at the end.</summary>
    internal static byte[] Bytes(JsonNode json, int indent)
    {
        var format = new JsonWriterOptions { Indented = true, IndentSize = indent, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, format)) json.WriteTo(writer);
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }
}
