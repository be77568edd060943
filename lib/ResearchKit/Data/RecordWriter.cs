using System.IO.Compression;
using ResearchKit.Runtime;

namespace ResearchKit.Data;

/// <summary>Writes records under TRL's column names, so that other tools can train on them.</summary>
public static class RecordWriter
{
    /// <summary>
    /// Writes the records in the format of the file's name: .jsonl, .json (an array), either with .gz, or .parquet.
    /// The file is written beside its place, flushed to disk and renamed, so a file of this name is always whole.
    /// </summary>
    /// <returns>The number of records written.</returns>
    /// <exception cref="DataFormatException">The name tells no format that can be written, or Parquet cannot hold a record.</exception>
    public static long Write(string path, IEnumerable<IDatasetRecord> records)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(records);
        var isPacked = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        Func<Stream, long> write = Path.GetExtension(isPacked ? path[..^3] : path).ToLowerInvariant() switch
        {
            ".jsonl" => stream => Formats.JsonRowWriter.WriteLines(stream, records),
            ".json" => stream => Formats.JsonRowWriter.WriteArray(stream, records),
            ".parquet" when !isPacked => stream => Formats.ParquetRowWriter.Write(path, stream, records),
            var other => throw new DataFormatException(path, null, $"expected a name ending in .jsonl, .jsonl.gz, .json, .json.gz or .parquet, found '{other}{(isPacked ? ".gz" : "")}'"),
        };
        long count = 0;
        WholeFile.Write(path, stream =>
        {
            if (isPacked)
            {
                using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
                count = write(packed);
            }
            else
            {
                count = write(stream);
            }
        });
        return count;
    }
}
