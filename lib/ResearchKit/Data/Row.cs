using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Text;

namespace ResearchKit.Data;

/// <summary>One row of a file: its fields, or what kept it from being read.</summary>
/// <param name="File">The file's path.</param>
/// <param name="Place">Where in the file, such as "line 3".</param>
/// <param name="Fields">The fields by column name, or null where the row could not be read.</param>
/// <param name="Problem">What kept the row from being read.</param>
internal sealed record Row(string File, string Place, JsonObject? Fields, string? Problem = null)
{
    internal DataFormatException Error(string problem, Exception? inner = null) => new(File, Place, problem, inner);

    internal DataFormatException Expected(string field, string expected, JsonNode? found) =>
        Error($"field '{field}': expected {expected}, found {Describe(field, found)}");

    internal bool Has(string field) => Fields![field] is not null;

    internal string Text(string field) => Fields![field] is JsonValue value && value.TryGetValue(out string? text)
        ? text
        : throw Expected(field, "a string", Fields[field]);

    internal bool Flag(string field) => Fields![field] is { } node && AsFlag(node) is { } flag
        ? flag
        : throw Expected(field, "true or false (or 1 or 0)", Fields[field]);

    internal IReadOnlyList<T> List<T>(string field, string expected, Func<JsonNode?, (bool Fits, T Value)> convert)
    {
        if (Fields![field] is not JsonArray list) throw Expected(field, $"a list of {expected}", Fields[field]);
        var values = new T[list.Count];
        for (var i = 0; i < list.Count; i++)
        {
            var (fits, value) = convert(list[i]);
            values[i] = fits ? value : throw Expected($"{field}[{i}]", expected, list[i]);
        }
        return values;
    }

    internal IReadOnlyList<string> Texts(string field) =>
        List(field, "strings", node => node is JsonValue value && value.TryGetValue(out string? text) ? (true, text) : (false, ""));

    internal IReadOnlyList<bool> Flags(string field) => List(field, "true or false", node => (AsFlag(node) is not null, AsFlag(node) ?? false));

    /// <summary>A string, or messages of role and content.</summary>
    internal Passage Passage(string field) => Fields![field] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => new Passage(text),
        JsonArray => new Passage(Messages(field)),
        var other => throw Expected(field, "a string or a list of messages", other),
    };

    internal IReadOnlyList<ChatMessage> Messages(string field) => List(field, "messages with role and content", node =>
        node is JsonObject message && IsText(message["role"]) && (IsText(message["content"]) || message.ContainsKey("tool_calls"))
            ? (true, ChatMessage.FromJson(message))
            : (false, null!));

    internal static bool IsText(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String;

    // Parquet and some exports keep labels as 1 and 0.
    private static bool? AsFlag(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue(out bool flag) ? flag
        : value.TryGetValue(out long number) && number is 0 or 1 ? number == 1
        : null;

    private string Describe(string field, JsonNode? found)
    {
        if (found is null) return Fields!.ContainsKey(field) ? "null" : $"no such field (the row has {string.Join(", ", Fields.Select(entry => entry.Key))})";
        var kind = found.GetValueKind() switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "a list",
            JsonValueKind.String => "a string",
            JsonValueKind.Number => "a number",
            _ => "",
        };
        // Values may be long or offensive: only short plain ones are shown.
        return found is JsonValue && found.ToJsonString() is { Length: <= 40 } text ? $"{kind} {text}".TrimStart() : kind;
    }
}
