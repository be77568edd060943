using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace ResearchKit.Cli.JupyterKernel;

/// <summary>Messages as frames: identities, a delimiter, the signature, then header, parent header, metadata and content.</summary>
internal sealed class MessageWire(byte[] key)
{
    internal const string ProtocolVersion = "5.4";

    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly byte[] Empty = "{}"u8.ToArray();

    private readonly string session = Guid.NewGuid().ToString("N");

    /// <summary>The message, or why the frames are none.</summary>
    internal bool TryDecode(NetMQMessage frames, [NotNullWhen(true)] out JupyterMessage? message, out string fault)
    {
        message = null;
        fault = "";
        var parts = frames.Select(frame => frame.ToByteArray()).ToList();
        var delimiter = parts.FindIndex(part => part.AsSpan().SequenceEqual(Delimiter));
        if (delimiter < 0) fault = "no <IDS|MSG> frame";
        else if (parts.Count < delimiter + 6) fault = $"{parts.Count - delimiter - 1} frames after the delimiter, not 5";
        else if (key.Length > 0 && !IsSigned(parts[delimiter + 1], parts.GetRange(delimiter + 2, 4))) fault = "a bad signature";
        else if (ParseObject(parts[delimiter + 2]) is not { } header || ParseObject(parts[delimiter + 5]) is not { } content) fault = "a header or content that is no JSON object";
        else message = new JupyterMessage(parts[..delimiter], parts[delimiter + 2], header, content);
        return message is not null;
    }

    internal NetMQMessage Encode(string type, IEnumerable<byte[]> identities, byte[]? parent, JsonObject content)
    {
        var header = new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        };
        byte[][] parts = [JsonSerializer.SerializeToUtf8Bytes(header), parent ?? Empty, Empty, JsonSerializer.SerializeToUtf8Bytes(content)];
        var frames = new NetMQMessage();
        foreach (var identity in identities) frames.Append(identity);
        frames.Append(Delimiter);
        frames.Append(Encoding.ASCII.GetBytes(key.Length > 0 ? Convert.ToHexStringLower(Sign(parts)) : ""));
        foreach (var part in parts) frames.Append(part);
        return frames;
    }

    private bool IsSigned(byte[] signature, IEnumerable<byte[]> parts) =>
        CryptographicOperations.FixedTimeEquals(signature, Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Sign(parts))));

    private byte[] Sign(IEnumerable<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts) hash.AppendData(part);
        return hash.GetHashAndReset();
    }

    private static JsonObject? ParseObject(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
