namespace ResearchKit.Data.Formats;

/// <summary>Rows of a file, by the format its name tells.</summary>
internal static class RowFile
{
    internal static IEnumerable<Row> Read(string path)
    {
        if (!File.Exists(path)) throw new DataFormatException(path, null, $"expected a data file, found {(Directory.Exists(path) ? "a folder" : "nothing there")}");
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".jsonl" or ".ndjson" => JsonRows.ReadLines(path),
            ".json" => JsonRows.ReadArrayOrLines(path),
            ".parquet" when name == path => ParquetRows.Read(path),
            ".arrow" when name == path => ArrowRows.Read(path),
            var other => throw new DataFormatException(path, null, $"expected a file named .json, .jsonl, .ndjson (or one of these with .gz), .parquet or .arrow, found '{other}{(name == path ? "" : ".gz")}'"),
        };
    }

    internal static Stream Open(string path)
    {
        var file = File.OpenRead(path);
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return file;
        if (file.Length > 0) return new WholeGzipStream(file);
        file.Dispose();
        throw new DataFormatException(path, null, "not a whole gzip file: it is empty; copy it again");
    }
}
