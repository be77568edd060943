using System.Text.Json;

namespace ResearchKit.Checkpoints;

/// <summary>The fields of a JSON object in a model folder, read by name and type; every fault names file and field.</summary>
internal sealed class ModelFolderFields(string file, string prefix, JsonElement fields)
{
    /// <summary>Reads a whole file.</summary>
    internal static ModelFolderFields Read(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new CheckpointException(path, "the file holds no object", document.RootElement.ValueKind.ToString(), "a JSON object");
            return new ModelFolderFields(path, "", document.RootElement.Clone());
        }
        catch (JsonException error)
        {
            throw new CheckpointException(path, "the file is not JSON", error.Message.TrimEnd('.'), "a JSON object", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the file cannot be read: {error.Message}", error);
        }
    }

    internal bool Has(string name) => Find(name) is not null;

    /// <summary>True where the field is written, be it as null.</summary>
    internal bool Mentions(string name) => fields.TryGetProperty(name, out _);

    internal int Int(string name) => OptionalInt(name) ?? throw Missing(name, "a whole number");

    internal double Double(string name) => OptionalDouble(name) ?? throw Missing(name, "a number");

    internal string Text(string name) => OptionalText(name) ?? throw Missing(name, "a string");

    internal int? OptionalInt(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) => number,
        { } value => throw Wrong(name, value, "a whole number"),
    };

    internal double? OptionalDouble(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        { } value => throw Wrong(name, value, "a number"),
    };

    internal bool? OptionalBool(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { } value => throw Wrong(name, value, "true or false"),
    };

    internal string? OptionalText(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        { } value => throw Wrong(name, value, "a string"),
    };

    internal ModelFolderFields? OptionalObject(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new ModelFolderFields(file, $"{prefix}{name}.", value),
        { } value => throw Wrong(name, value, "an object"),
    };

    internal IReadOnlyList<string>? OptionalTexts(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String) =>
            [.. value.EnumerateArray().Select(item => item.GetString()!)],
        { } value => throw Wrong(name, value, "a list of strings"),
    };

    /// <summary>One id, a list of ids, or none.</summary>
    internal IReadOnlyList<int> Ids(string name) => Find(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Number } => [Int(name)],
        { ValueKind: JsonValueKind.Array } value when value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _)) =>
            [.. value.EnumerateArray().Select(item => item.GetInt32())],
        { } value => throw Wrong(name, value, "a token id or a list of them"),
    };

    internal CheckpointException Unsupported(string name, string found, string expected) =>
        new(file, $"field '{prefix}{name}' has a value that the kit does not cover", found, expected);

    // A null is the same as an absent field in Hugging Face's configurations.
    private JsonElement? Find(string name) => fields.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private CheckpointException Missing(string name, string expected) => new(file, $"field '{prefix}{name}' is missing", "no such field", expected);

    private CheckpointException Wrong(string name, JsonElement value, string expected) =>
        new(file, $"field '{prefix}{name}' has the wrong type", value.GetRawText(), expected);
}
