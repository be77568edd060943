using System.Text.Json.Nodes;

namespace ResearchKit.Text;

/// <summary>One message of a conversation.</summary>
/// <param name="Role">Who speaks: system, user, assistant, tool ...</param>
/// <param name="Content">What is said; empty where the message holds tool calls only.</param>
public sealed record ChatMessage(string Role, string Content)
{
    /// <summary>
    /// The message's other fields as stored (tool_calls, tool_call_id, reasoning_content ...), with their JSON types;
    /// null where there are none. A "content" here, one that is no string (null included), takes the place of <see cref="Content"/>.
    /// </summary>
    public JsonObject? Extra { get; init; }

    /// <summary>The calls of an assistant's message, or null.</summary>
    public JsonArray? ToolCalls => Extra?["tool_calls"] as JsonArray;

    /// <summary>Reads a message as datasets store it: role and content, and any other fields.</summary>
    /// <exception cref="ChatTemplateException">The role is missing or is no string.</exception>
    public static ChatMessage FromJson(JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json["role"] is not JsonValue role || !role.TryGetValue(out string? name))
        {
            throw new ChatTemplateException($"a message needs a 'role' that is a string, found {json["role"]?.ToJsonString() ?? "none"}");
        }
        var text = json["content"] is JsonValue content && content.TryGetValue(out string? found) ? found : null;
        var extra = new JsonObject(json
            .Where(field => field.Key != "role" && (field.Key != "content" || text is null))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        return new ChatMessage(name, text ?? "") { Extra = extra.Count == 0 ? null : extra };
    }

    /// <summary>The message as datasets store it.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["role"] = Role, ["content"] = Content };
        foreach (var (name, value) in Extra ?? []) json[name] = value?.DeepClone();
        return json;
    }

    /// <summary>Role, content and extra fields are compared by value.</summary>
    public bool Equals(ChatMessage? other) =>
        other is not null && Role == other.Role && Content == other.Content && JsonNode.DeepEquals(Extra, other.Extra);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Role, Content, Extra?.Count);
}
