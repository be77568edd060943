using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace ResearchKit.Checkpoints;

/// <summary>
/// Reads and checks a safetensors header (huggingface/safetensors, README "Format"): nothing in it is believed before
/// it agrees with the file's length, so a corrupt file costs no memory.
/// </summary>
internal sealed class SafeTensorsHeader
{
    internal const long Limit = 100_000_000;
    private const int MostDimensions = 64;

    private readonly string file;
    private readonly Dictionary<string, TensorEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> metadata = new(StringComparer.Ordinal);

    private SafeTensorsHeader(string file) => this.file = file;

    internal IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    internal IReadOnlyDictionary<string, string> Metadata => metadata;

    /// <summary>The header's length from the file's first eight bytes, checked against the file's length.</summary>
    internal static int Length(string file, ReadOnlySpan<byte> firstEight, long fileLength)
    {
        var length = BitConverter.ToUInt64(firstEight);
        if (length > Limit)
            throw new CheckpointException(file, "the header is too large", Number(length), $"at most {Limit} bytes (is this a safetensors file?)");
        if ((long)length > fileLength - 8)
            throw new CheckpointException(file, "the header does not fit into the file", $"a header of {Number(length)} bytes in a file of {fileLength}", "a whole file; copy or download it again");
        return (int)length;
    }

    /// <summary>Parses the header and checks that the entries tile <paramref name="bufferLength"/> bytes exactly.</summary>
    internal static SafeTensorsHeader Parse(string file, ReadOnlySpan<byte> json, long bufferLength)
    {
        if (!Utf8.IsValid(json))
            throw new CheckpointException(file, "the header is not UTF-8", "invalid bytes", "a JSON object in UTF-8");
        if (json.Length == 0 || json[0] != '{')
            throw new CheckpointException(file, "the header is not a JSON object", json.Length == 0 ? "nothing" : $"'{Start(json)}'", "text that begins with '{'");

        var header = new SafeTensorsHeader(file);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            header.ReadObject(ref reader);
            reader.Read(); // anything after the object is an error of the reader
        }
        catch (JsonException error)
        {
            throw new CheckpointException(file, "the header is not JSON", error.Message.TrimEnd('.'), "a JSON object", inner: error);
        }
        catch (InvalidOperationException error) // half a surrogate pair, as \ud800
        {
            throw new CheckpointException(file, "the header holds text that is not Unicode", error.Message.TrimEnd('.'), "whole characters", inner: error);
        }
        header.CheckTiling(bufferLength);
        return header;
    }

    private void ReadObject(ref Utf8JsonReader reader)
    {
        var sawMetadata = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (name == "__metadata__")
            {
                if (sawMetadata) throw new CheckpointException(file, "a name occurs twice", "__metadata__", "each name once");
                sawMetadata = true;
                ReadMetadata(ref reader);
            }
            else if (!entries.TryAdd(name, ReadEntry(ref reader, name)))
            {
                throw new CheckpointException(file, "a name occurs twice", $"'{name}'", "each name once", name);
            }
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new CheckpointException(file, "__metadata__ is not an object", Found(ref reader), "an object of strings");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new CheckpointException(file, $"__metadata__ '{key}' is not a string", Found(ref reader), "a string");
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new CheckpointException(file, "a __metadata__ key occurs twice", $"'{key}'", "each key once");
        }
    }

    private TensorEntry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new CheckpointException(file, "the entry is not an object", Found(ref reader), "an object with dtype, shape and data_offsets", name);
        string? dtype = null;
        long[]? shape = null, offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.GetString()!;
            reader.Read();
            var twice = field switch { "dtype" => dtype is not null, "shape" => shape is not null, "data_offsets" => offsets is not null, _ => false };
            if (twice) throw new CheckpointException(file, "a field occurs twice", $"'{field}'", "each field once", name);
            switch (field)
            {
                case "dtype" when reader.TokenType == JsonTokenType.String: dtype = reader.GetString(); break;
                case "dtype": throw new CheckpointException(file, "dtype is not a string", Found(ref reader), $"one of {SafeTensorTypes.Names}", name);
                case "shape": shape = ReadNumbers(ref reader, name, field); break;
                case "data_offsets": offsets = ReadNumbers(ref reader, name, field); break;
                default: throw new CheckpointException(file, "an unknown field", $"'{field}'", "dtype, shape and data_offsets only", name);
            }
        }
        if (dtype is null || shape is null || offsets is null)
            throw new CheckpointException(file, "a field is missing", dtype is null ? "no dtype" : shape is null ? "no shape" : "no data_offsets", "dtype, shape and data_offsets", name);
        return Check(name, dtype, shape, offsets);
    }

    private long[] ReadNumbers(ref Utf8JsonReader reader, string name, string field)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new CheckpointException(file, $"{field} is not an array", Found(ref reader), "an array of whole numbers", name);
        var numbers = new List<long>(4);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number) || number < 0)
                throw new CheckpointException(file, $"{field} holds what is no size", Found(ref reader), $"whole numbers from 0 to {long.MaxValue}", name);
            if (numbers.Count == MostDimensions)
                throw new CheckpointException(file, $"{field} is too long", $"more than {MostDimensions} numbers", $"at most {MostDimensions}", name);
            numbers.Add(number);
        }
        return [.. numbers];
    }

    private TensorEntry Check(string name, string dtype, long[] shape, long[] offsets)
    {
        if (!SafeTensorTypes.TryParse(dtype, out var type, out var size))
            throw new CheckpointException(file, "unknown dtype", $"'{dtype}'", $"one of {SafeTensorTypes.Names}", name);
        if (offsets.Length != 2)
            throw new CheckpointException(file, "data_offsets is no pair", $"{offsets.Length} numbers", "[begin, end]", name);
        var (begin, end) = (offsets[0], offsets[1]);
        if (begin > end)
            throw new CheckpointException(file, "data_offsets are out of order", $"[{begin}, {end}]", "begin <= end", name);

        var bytes = Bytes(shape, size);
        if (bytes is null)
            throw new CheckpointException(file, "the shape overflows", Text(shape), "a size in bytes below 2^63", name);
        if (bytes != end - begin)
            throw new CheckpointException(file, "the length does not match the shape", $"{end - begin} bytes in data_offsets [{begin}, {end}]", $"{bytes} bytes for {dtype} {Text(shape)}", name);
        return new TensorEntry(type, shape, begin, end - begin);
    }

    // The product of the dimensions that are not 0 must fit as well: torch computes strides from them.
    private static long? Bytes(long[] shape, int size)
    {
        var product = (UInt128)size;
        foreach (var dimension in shape)
        {
            product *= (UInt128)Math.Max(1, dimension);
            if (product > long.MaxValue) return null;
        }
        return Array.IndexOf(shape, 0) >= 0 ? 0 : (long)product;
    }

    private void CheckTiling(long bufferLength)
    {
        var end = 0L;
        foreach (var (name, entry) in entries.OrderBy(item => item.Value.Offset).ThenBy(item => item.Value.Length))
        {
            if (entry.Offset < end)
                throw new CheckpointException(file, "the data overlaps another tensor's", $"begin {entry.Offset}", $"begin {end}", name);
            if (entry.Offset > end)
                throw new CheckpointException(file, "a hole lies before the data", $"begin {entry.Offset}", $"begin {end}", name);
            if (entry.Length > bufferLength - end)
                throw new CheckpointException(file, "the data reaches past the file's end", $"end {entry.Offset + entry.Length} in a data buffer of {bufferLength} bytes", "a whole file; copy or download it again", name);
            end += entry.Length;
        }
        if (end != bufferLength)
            throw new CheckpointException(file, "bytes after the last tensor belong to none", $"a data buffer of {bufferLength} bytes", $"{end} bytes");
    }

    private static string Found(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Number => Start(reader.ValueSpan),
        JsonTokenType.String => $"the string '{Start(reader.ValueSpan)}'",
        var type => type.ToString(),
    };

    private static string Start(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 40)]);

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
