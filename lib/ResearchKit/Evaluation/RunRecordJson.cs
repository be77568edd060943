using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ResearchKit.Runtime;

namespace ResearchKit.Evaluation;

/// <summary>A results file cannot be read; the message names the file, the place and what was expected.</summary>
public sealed class RunRecordException(string message, Exception? inner = null) : KitException(message, inner);

/// <summary>
/// The results JSON: fields always in the same order, shortest numbers that read back to the same bits, NaN and
/// infinities as the strings "NaN", "Infinity", "-Infinity", line feeds, so equal runs give equal bytes.
/// </summary>
public static class RunRecordJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        // Greek letters in a statement stay readable; whoever puts the text into HTML escapes it there.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The record as JSON text, ending in a line feed.</summary>
    public static string Write(RunRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var ordered = record with { Configuration = Sorted(record.Configuration), Versions = Sorted(record.Versions) };
        return JsonSerializer.Serialize(ordered, Options) + "\n";
    }

    /// <summary>Writes the file beside and renames it, so that no reader sees half of it.</summary>
    /// <param name="record">What to write.</param>
    /// <param name="path">The file; its folder is created.</param>
    /// <exception cref="RunRecordException">The file system refused; an older file is untouched.</exception>
    public static void Save(RunRecord record, string path)
    {
        var bytes = Encoding.UTF8.GetBytes(Write(record));
        try
        {
            WholeFile.Write(path, stream => stream.Write(bytes));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RunRecordException($"results file {path} cannot be written: {error.Message} Choose a folder for results that can be written to.", error);
        }
    }

    /// <summary>Reads a record from JSON text; unknown fields are passed over.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What an error calls it.</param>
    /// <exception cref="RunRecordException">The text is no results JSON.</exception>
    public static RunRecord Read(string json, string source = "results JSON")
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            var record = JsonSerializer.Deserialize<RunRecord>(json, Options) ?? throw new RunRecordException($"{source} holds null, expected a run's record; run the notebook again");
            foreach (var claim in record.Claims)
            {
                if (claim.Interval.Count != 2) throw new RunRecordException($"{source}, claim {claim.Id}: interval has {claim.Interval.Count} numbers, expected [low, high]; run the notebook again");
                VerdictText.Parse(claim.Verdict, $"{source}, claim {claim.Id}");
            }
            return record;
        }
        catch (JsonException error)
        {
            throw new RunRecordException($"{source} is no run's record: {error.Message} Run the notebook again to make a new one.", error);
        }
    }

    /// <summary>Reads a results file.</summary>
    /// <exception cref="RunRecordException">The file is missing or no results JSON.</exception>
    public static RunRecord Load(string path)
    {
        if (!File.Exists(path)) throw new RunRecordException($"results file {path} was not found; run the notebook to make it");
        return Read(File.ReadAllText(path), path);
    }

    private static SortedDictionary<string, T> Sorted<T>(IReadOnlyDictionary<string, T> entries) => new(entries.ToDictionary(), StringComparer.Ordinal);
}
