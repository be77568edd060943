using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;
using Parquet;
using Parquet.Serialization;

namespace ResearchKit.Data.Formats;

/// <summary>Rows of a Parquet file, one row group at a time.</summary>
internal static class ParquetRows
{
    internal static IEnumerable<Row> Read(string path)
    {
        using var stream = File.OpenRead(path);
        var groups = Try(path, "the footer", async () =>
        {
            await using var reader = await ParquetReader.CreateAsync(stream, leaveStreamOpen: true).ConfigureAwait(false);
            return reader.RowGroupCount;
        });
        var number = 0L;
        for (var group = 0; group < groups; group++)
        {
            var index = group;
            var rows = Try(path, FormattableString.Invariant($"row group {group + 1}"), async () => (await ParquetSerializer.DeserializeUntypedAsync(stream, rowGroupIndex: index).ConfigureAwait(false)).Data);
            foreach (var row in rows)
            {
                var fields = row.Select(field => KeyValuePair.Create(field.Key, Value(field.Value)));
                yield return new Row(path, FormattableString.Invariant($"row {++number}"), new JsonObject(fields));
            }
        }
    }

    // The library meets damaged bytes with whatever exception they lead to.
    private static T Try<T>(string path, string place, Func<Task<T>> read)
    {
        try
        {
            return read().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is not (DataFormatException or OutOfMemoryException))
        {
            throw new DataFormatException(path, place, $"not valid Parquet data: {error.Message}; the file is damaged, cut short or no Parquet file", error);
        }
    }

    // A struct has every field of its type: a null there is a field that the JSON form would lack.
    private static JsonObject Object(IEnumerable<KeyValuePair<string, object>> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Key, Value(field.Value))).Where(field => field.Value is not null));

    private static JsonNode? Value(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        ReadOnlyMemory<char> text => JsonValue.Create(text.ToString()),
        bool flag => JsonValue.Create(flag),
        sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        float or double => JsonValue.Create(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        IEnumerable<KeyValuePair<string, object>> fields => Object(fields),
        byte[] => new JsonObject { ["parquet type"] = "bytes" },
        IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(Value)]),
        _ => new JsonObject { ["parquet type"] = value.GetType().Name },
    };
}
