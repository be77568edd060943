using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace ResearchKit.Data.Formats;

/// <summary>Rows of JSON Lines and of a JSON array; the memory held is one line or one element.</summary>
internal static class JsonRows
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    internal static IEnumerable<Row> ReadLines(string path)
    {
        using var stream = RowFile.Open(path);
        using var lines = new ByteLines(path, stream).GetEnumerator();
        for (var number = 1L; lines.MoveNext(); number++)
        {
            // Blank lines are how many tools end a file.
            if (lines.Current.AsSpan().Trim(" \t\r"u8).Length > 0) yield return Parse(path, FormattableString.Invariant($"line {number}"), lines.Current);
        }
    }

    internal static IEnumerable<Row> ReadArrayOrLines(string path) => FirstByte(path) switch
    {
        (byte)'[' => ReadArray(path),
        // Many data sets keep JSON Lines under the name .json.
        (byte)'{' => ReadLines(path),
        _ => throw new DataFormatException(path, null, "expected a JSON array of rows or JSON Lines, found neither '[' nor '{' at the start"),
    };

    private static IEnumerable<Row> ReadArray(string path)
    {
        using var stream = RowFile.Open(path);
        using var rows = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(stream).ToBlockingEnumerable().GetEnumerator();
        for (var number = 1L; ; number++)
        {
            var place = FormattableString.Invariant($"row {number}");
            if (!Next(path, place, rows)) yield break;
            yield return Parse(path, place, JsonMarshal.GetRawUtf8Value(rows.Current));
        }
    }

    private static bool Next(string path, string place, IEnumerator<JsonElement> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception error) when (error is JsonException or InvalidDataException or IOException)
        {
            var where = error is JsonException { LineNumber: { } line } json ? FormattableString.Invariant($" (line {line + 1}, byte {json.BytePositionInLine + 1})") : "";
            throw new DataFormatException(path, place, $"not valid JSON{where}: {error.Message}; rows after this place cannot be read", error);
        }
    }

    private static Row Parse(string path, string place, ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json)) return new Row(path, place, null, "expected UTF-8, found bytes that are not; save the file as UTF-8");
        try
        {
            var node = JsonNode.Parse(json, documentOptions: Strict);
            return node is JsonObject fields
                ? new Row(path, place, fields)
                : new Row(path, place, null, $"expected an object with the row's fields, found {node?.GetValueKind().ToString() ?? "null"}");
        }
        catch (JsonException error)
        {
            return new Row(path, place, null, FormattableString.Invariant($"not valid JSON at byte {error.BytePositionInLine + 1}: {error.Message}"));
        }
    }

    private static int FirstByte(string path)
    {
        using var stream = RowFile.Open(path);
        try
        {
            for (var next = stream.ReadByte(); next >= 0; next = stream.ReadByte())
            {
                if (next is not (' ' or '\t' or '\r' or '\n' or 0xEF or 0xBB or 0xBF)) return next;
            }
        }
        catch (InvalidDataException error)
        {
            throw new DataFormatException(path, null, $"not a whole gzip file: {error.Message}; copy it again", error);
        }
        return -1;
    }
}
