using System.Text.Json.Nodes;
using Parquet.Schema;
using Parquet.Serialization;

namespace ResearchKit.Data.Formats;

/// <summary>Rows as Parquet: strings, labels, lists of them, and messages as lists of role and content.</summary>
internal static class ParquetRowWriter
{
    internal static long Write(string path, Stream stream, IEnumerable<IDatasetRecord> records)
    {
        var rows = records.Select(record => record.ToJson()).ToArray();
        if (rows.Length == 0) throw new DataFormatException(path, null, "expected at least one record, found none: Parquet needs one to know the columns; write .jsonl instead");
        var schema = new ParquetSchema([.. rows[0].Select(field => Column(path, field.Key, field.Value))]);
        var values = rows.Select((row, i) => Values(path, rows[0], row, i)).ToArray();
        ParquetSerializer.SerializeUntypedAsync(values, schema, stream).GetAwaiter().GetResult();
        return rows.Length;
    }

    private static Field Column(string path, string name, JsonNode? value) => value switch
    {
        JsonArray list when list.Count > 0 && list[0] is JsonObject => new ListField(name, new StructField("element", new DataField<string>("role"), new DataField<string>("content"))),
        JsonArray list when list.Count > 0 && list[0] is JsonValue item => new ListField(name, Plain("element", item)),
        JsonValue plain => Plain(name, plain),
        _ => throw new DataFormatException(path, "row 1", $"field '{name}': expected something in the list, found none: Parquet cannot tell its type; write .jsonl instead"),
    };

    private static DataField Plain(string name, JsonValue value) => value.TryGetValue(out bool _) ? new DataField<bool>(name) : new DataField<string>(name);

    private static Dictionary<string, object?> Values(string path, JsonObject first, JsonObject row, int index)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in row)
        {
            if (!first.ContainsKey(name) || first[name] is JsonArray != value is JsonArray)
            {
                throw new DataFormatException(path, FormattableString.Invariant($"row {index + 1}"), $"field '{name}': expected the kind of row 1, found another; Parquet columns have one type: write .jsonl instead");
            }
            values[name] = value is JsonArray list ? Items(path, index, name, list, first[name]![0]!) : Item(value!);
        }
        return values;
    }

    private static object Items(string path, int index, string name, JsonArray list, JsonNode kind)
    {
        if (list.Any(item => item is JsonObject message && message.Any(field => field.Key is not ("role" or "content") || !Row.IsText(field.Value))))
        {
            throw new DataFormatException(path, FormattableString.Invariant($"row {index + 1}"), $"field '{name}': expected messages of role and content alone, found more (tool calls?), which Parquet columns here do not hold; write .jsonl instead");
        }
        if (list.Count == 0) throw new DataFormatException(path, FormattableString.Invariant($"row {index + 1}"), $"field '{name}': expected something in the list, found none, which reads back as no list at all from Parquet; write .jsonl instead");
        // The library wants a list of the column's own type.
        if (kind is JsonObject)
        {
            return list.Select(message => (IDictionary<string, object?>)new Dictionary<string, object?> { ["role"] = (string?)message!["role"], ["content"] = (string?)message["content"] }).ToList();
        }
        return kind.AsValue().TryGetValue(out bool _) ? list.Select(item => (bool)item!).ToList() : list.Select(item => (ReadOnlyMemory<char>?)((string)item!).AsMemory()).ToList();
    }

    private static object Item(JsonNode value) => value.AsValue().TryGetValue(out bool flag) ? flag : (string)value!;
}
