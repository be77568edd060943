using System.Text.Json.Nodes;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;

namespace ResearchKit.Data.Formats;

/// <summary>Rows of an Arrow IPC file or stream (what Hugging Face datasets saves), one record batch at a time.</summary>
internal static class ArrowRows
{
    // A stream's end mark: without it a file cut between two batches would pass for a whole one.
    private static readonly byte[] EndOfStream = [0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0];

    internal static IEnumerable<Row> Read(string path)
    {
        using var stream = File.OpenRead(path);
        var isFile = StartsWithMagic(stream);
        if (!isFile) CheckEnd(path, stream);
        using var reader = isFile ? new ArrowFileReader(stream, new CompressionCodecFactory()) : new ArrowStreamReader(stream, new CompressionCodecFactory());
        var number = 0L;
        for (var batchNumber = 1; Try(path, batchNumber, reader.ReadNextRecordBatch) is { } batch; batchNumber++)
        {
            using (batch)
            {
                for (var i = 0; i < batch.Length; i++)
                {
                    var index = i;
                    var fields = Try(path, batchNumber, () => Fields(batch, index));
                    yield return new Row(path, FormattableString.Invariant($"row {++number}"), fields);
                }
            }
        }
    }

    private static JsonObject Fields(RecordBatch batch, int index)
    {
        var fields = new JsonObject();
        for (var column = 0; column < batch.ColumnCount; column++)
        {
            fields[batch.Schema.FieldsList[column].Name] = ArrowValue.Of(batch.Column(column), index);
        }
        return fields;
    }

    // The library meets damaged bytes with whatever exception they lead to.
    private static T Try<T>(string path, int batch, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not (DataFormatException or OutOfMemoryException))
        {
            throw new DataFormatException(path, FormattableString.Invariant($"record batch {batch}"), $"not valid Arrow IPC data: {error.Message}; the file is damaged or cut short", error);
        }
    }

    private static bool StartsWithMagic(FileStream stream)
    {
        Span<byte> start = stackalloc byte[6];
        var count = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return count == start.Length && start.SequenceEqual("ARROW1"u8);
    }

    private static void CheckEnd(string path, FileStream stream)
    {
        Span<byte> end = stackalloc byte[EndOfStream.Length];
        if (stream.Length >= end.Length)
        {
            stream.Position = stream.Length - end.Length;
            stream.ReadExactly(end);
            stream.Position = 0;
            if (end.SequenceEqual(EndOfStream)) return;
        }
        throw new DataFormatException(path, null, "expected an Arrow IPC file (ARROW1) or a stream with its end mark, found neither; the file is no Arrow file or is cut short");
    }
}
