using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>A conversation as a template sees it, with Jinja's and Python's rules about what may be joined and looked up.</summary>
internal sealed record Chat(string Template, IReadOnlyList<ChatMessage> Messages, ChatOptions Options, string? BosToken, string? EosToken)
{
    /// <summary>Printed where undefined leaves nothing.</summary>
    internal string PrintedBos => BosToken ?? "";

    internal string PrintedEos => EosToken ?? "";

    /// <summary>Joined to other text, which an undefined token cannot be.</summary>
    internal string Bos => BosToken ?? throw Refuse("needs a BOS token; set ChatOptions.BosToken");

    internal string Eos => EosToken ?? throw Refuse("needs an EOS token; set ChatOptions.EosToken");

    internal bool AddsGenerationPrompt => Options.AddGenerationPrompt;

    internal ChatMessage First => Messages.Count > 0 ? Messages[0] : throw Refuse("needs at least one message, found none");

    internal bool StartsWithSystem => First.Role == "system";

    /// <summary>The error the template itself raises, under its own message.</summary>
    internal static ChatTemplateException Raise(string message) => new(message);

    internal ChatTemplateException Refuse(string what) => new($"chat template {Template} {what}");

    internal JsonNode? Argument(string name) => Options.Arguments?[name];

    internal bool Defines(string name) => Options.Arguments?.ContainsKey(name) ?? false;

    /// <summary>The content as it is stored: a string as a rule, but null or a list or an object is possible.</summary>
    internal static JsonNode? Content(ChatMessage message) =>
        message.Extra is { } extra && extra.TryGetPropertyValue("content", out var other) ? other : JsonValue.Create(message.Content);

    /// <summary>The content joined to other text, which must be a string.</summary>
    internal string Text(ChatMessage message) => String(Content(message), $"the content of the {message.Role} message");

    /// <summary>The content without whitespace at its ends; what is no string is printed first, as Jinja's trim does.</summary>
    internal static string Trimmed(ChatMessage message) => PythonText.Strip(PythonText.Print(Content(message)));

    internal string String(JsonNode? value, string what) => value is JsonValue json && json.TryGetValue(out string? text)
        ? text
        : throw Refuse($"needs {what} to be a string, found {value?.ToJsonString() ?? "null"}");

    /// <summary>A field that must be there, though it may be null.</summary>
    internal JsonNode? Field(JsonObject map, string field, string what) => map.TryGetPropertyValue(field, out var value)
        ? value
        : throw Refuse($"needs {what} to have '{field}', found {map.ToJsonString()}");

    internal JsonObject Object(JsonNode? value, string what) => value as JsonObject
        ?? throw Refuse($"needs {what} to be an object, found {value?.ToJsonString() ?? "null"}");

    internal JsonArray Array(JsonNode? value, string what) => value as JsonArray
        ?? throw Refuse($"needs {what} to be a list, found {value?.ToJsonString() ?? "null"}");
}
