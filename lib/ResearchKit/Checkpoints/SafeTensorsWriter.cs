using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>
/// Writes safetensors files. The same tensors give the same bytes: entries are sorted as Hugging Face's writer sorts them
/// (falling alignment of the type, then name), metadata by key, and the header is padded with spaces to 8 bytes.
/// </summary>
public static class SafeTensorsWriter
{
    // Quotes, backslashes and control characters are escaped, as serde_json does.
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file beside, flushes it to the disk and renames it over an older one.</summary>
    /// <param name="path">The file; its folder is made where it is missing.</param>
    /// <param name="tensors">Tensors by name, on any device; they are not changed.</param>
    /// <param name="metadata">Strings for __metadata__, such as "format" = "pt".</param>
    /// <exception cref="CheckpointException">A type that the format lacks, a reserved name, or the file system refused.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var ordered = Sort(path, tensors);
        var header = Header(path, ordered, metadata);
        DurableFile.Write(path, stream =>
        {
            Span<byte> length = stackalloc byte[8];
            BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
            stream.Write(length);
            stream.Write(header);
            foreach (var (_, tensor) in ordered) WriteData(stream, tensor);
        });
    }

    /// <summary>The tensors in the order in which they lie in the file.</summary>
    internal static IReadOnlyList<KeyValuePair<string, Tensor>> Sort(string path, IReadOnlyDictionary<string, Tensor> tensors)
    {
        foreach (var (name, tensor) in tensors)
        {
            if (name == "__metadata__")
                throw new CheckpointException(path, "a reserved name", "__metadata__", "another tensor name", name);
            if (SafeTensorTypes.Name(tensor.dtype) is null)
                throw new CheckpointException(path, "a type that safetensors cannot hold here", tensor.dtype.ToString(), $"one of {SafeTensorTypes.Names}", name);
        }
        return [.. tensors.OrderByDescending(item => SafeTensorTypes.Rank(item.Value.dtype)).ThenBy(item => item.Key, StringComparer.Ordinal)];
    }

    private static byte[] Header(string path, IReadOnlyList<KeyValuePair<string, Tensor>> ordered, IReadOnlyDictionary<string, string>? metadata)
    {
        var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, Json))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata.OrderBy(item => item.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var offset = 0L;
            foreach (var (name, tensor) in ordered)
            {
                var end = offset + tensor.numel() * SafeTensorTypes.Size(tensor.dtype);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafeTensorTypes.Name(tensor.dtype));
                WriteNumbers(json, "shape", tensor.shape);
                WriteNumbers(json, "data_offsets", [offset, end]);
                json.WriteEndObject();
                offset = end;
            }
            json.WriteEndObject();
        }
        while (text.Length % 8 != 0) text.WriteByte((byte)' ');
        if (text.Length > SafeTensorsHeader.Limit)
            throw new CheckpointException(path, "the header is too large", $"{text.Length} bytes", $"at most {SafeTensorsHeader.Limit} bytes; write shards or less metadata");
        return text.ToArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string field, ReadOnlySpan<long> numbers)
    {
        json.WriteStartArray(field);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteData(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        TensorBytes.Visit(tensor.detach().cpu().contiguous(), bytes => stream.Write(bytes));
    }
}
