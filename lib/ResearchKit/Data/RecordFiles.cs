namespace ResearchKit.Data;

/// <summary>
/// Reads records from JSON (an array), JSON Lines, either of them gzipped, Parquet and Arrow (IPC file or stream).
/// Rows are read as they are asked for; a bad row is an error, or is left out and counted where a
/// <see cref="SkippedRows"/> is given.
/// </summary>
public static class RecordFiles
{
    /// <summary>Preference pairs.</summary>
    /// <exception cref="DataFormatException">The file or, without <paramref name="skipped"/>, a row is not as expected; file, row and field are named.</exception>
    public static IEnumerable<PreferenceRecord> ReadPreference(string path, ColumnMap? columns = null, SkippedRows? skipped = null) =>
        Read(path, columns, skipped, RowMapping.Preference);

    /// <summary>Prompts alone.</summary>
    /// <exception cref="DataFormatException">As for <see cref="ReadPreference"/>.</exception>
    public static IEnumerable<PromptRecord> ReadPrompts(string path, ColumnMap? columns = null, SkippedRows? skipped = null) =>
        Read(path, columns, skipped, RowMapping.Prompt);

    /// <summary>Single answers with a label.</summary>
    /// <exception cref="DataFormatException">As for <see cref="ReadPreference"/>.</exception>
    public static IEnumerable<UnpairedRecord> ReadUnpaired(string path, ColumnMap? columns = null, SkippedRows? skipped = null) =>
        Read(path, columns, skipped, RowMapping.Unpaired);

    /// <summary>Solutions in labelled steps.</summary>
    /// <exception cref="DataFormatException">As for <see cref="ReadPreference"/>.</exception>
    public static IEnumerable<StepwiseRecord> ReadStepwise(string path, ColumnMap? columns = null, SkippedRows? skipped = null) =>
        Read(path, columns, skipped, RowMapping.Stepwise);

    private static IEnumerable<T> Read<T>(string path, ColumnMap? columns, SkippedRows? skipped, Func<Row, ColumnMap, T> map) where T : class
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Rows();

        IEnumerable<T> Rows()
        {
            foreach (var row in Formats.RowFile.Read(path))
            {
                T? record = null;
                try
                {
                    record = Convert(row, columns ?? ColumnMap.Trl, map);
                }
                catch (DataFormatException error) when (skipped is not null)
                {
                    skipped.Count(error);
                }
                if (record is null) continue;
                skipped?.CountRead();
                yield return record;
            }
        }
    }

    private static T Convert<T>(Row row, ColumnMap columns, Func<Row, ColumnMap, T> map)
    {
        if (row.Fields is null) throw row.Error(row.Problem!);
        try
        {
            return map(row, columns);
        }
        catch (InvalidOperationException error)
        {
            // System.Text.Json looks at a string's characters only when it is asked for the string.
            throw row.Error($"expected valid Unicode text, found a string that is not: {error.Message}", error);
        }
    }
}
