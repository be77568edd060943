using System.Text.Encodings.Web;
using System.Text.Json;

namespace ResearchKit.Data.Formats;

/// <summary>Rows as JSON Lines or as a JSON array, in readable UTF-8.</summary>
internal static class JsonRowWriter
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static long WriteLines(Stream stream, IEnumerable<IDatasetRecord> records) =>
        Write(stream, records, first: "", between: "\n", last: "\n");

    internal static long WriteArray(Stream stream, IEnumerable<IDatasetRecord> records) =>
        Write(stream, records, first: "[\n", between: ",\n", last: "\n]\n");

    private static long Write(Stream stream, IEnumerable<IDatasetRecord> records, string first, string between, string last)
    {
        var count = 0L;
        Put(first);
        foreach (var record in records)
        {
            if (count++ > 0) Put(between);
            using var writer = new Utf8JsonWriter(stream, Readable);
            record.ToJson().WriteTo(writer);
        }
        if (count > 0 || first.Length > 0) Put(last);
        return count;

        void Put(string text) => stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
    }
}
