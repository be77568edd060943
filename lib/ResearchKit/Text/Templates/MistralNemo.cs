using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>Mistral Nemo: tools before the last user message, the system message inside the last one, calls with ids of nine characters.</summary>
internal static class MistralNemo
{
    private const string BadId = "Tool call IDs should be alphanumeric strings with length 9!";

    internal static string Render(Chat chat)
    {
        var system = chat.StartsWithSystem ? chat.First : null;
        IReadOnlyList<ChatMessage> messages = system is null ? chat.Messages : [.. chat.Messages.Skip(1)];
        var spoken = messages.Where(message => message.Role is not ("tool" or "tool_results") && Field(message, "tool_calls") is null).ToArray();
        Alternation.Check(spoken, message: "After the optional system message, conversation roles must alternate user/assistant/user/assistant/...");
        var lastUser = messages.LastOrDefault(message => message.Role == "user");

        var text = new StringBuilder(chat.PrintedBos);
        for (var i = 0; i < messages.Count; i++)
        {
            var message = messages[i];
            if (message.Role == "user")
            {
                // Compared by value: an earlier message with the same words gets the tools as well.
                if (chat.Options.Tools is { } tools && message.Equals(lastUser)) AppendTools(text, chat, tools);
                var before = i == messages.Count - 1 && system is not null ? $"{chat.Text(system)}\n\n" : "";
                text.Append($"[INST]{before}{chat.Text(message)}[/INST]");
            }
            else if (message.Role == "tool_calls" || Field(message, "tool_calls") is not null) AppendCalls(text, chat, message);
            else if (message.Role == "assistant") text.Append(chat.Text(message)).Append(chat.Eos);
            else if (message.Role is "tool_results" or "tool") AppendResult(text, message);
            else throw Chat.Raise("Only user and assistant roles are supported, with the exception of an initial optional system message!");
        }
        return text.ToString();
    }

    private static void AppendTools(StringBuilder text, Chat chat, JsonArray tools)
    {
        text.Append("[AVAILABLE_TOOLS][");
        for (var i = 0; i < tools.Count; i++)
        {
            var function = chat.Object(chat.Object(tools[i], "a tool")["function"], "a tool's function");
            // Strings are put in quotes as they are, unescaped.
            var fields = function.Where(field => field.Key != "return").Select(field =>
                $"\"{field.Key}\": {(field.Value is JsonValue value && value.TryGetValue(out string? plain) ? $"\"{plain}\"" : PythonJson.Dump(field.Value))}");
            text.Append($"{{\"type\": \"function\", \"function\": {{{string.Join(", ", fields)}}}}}{(i == tools.Count - 1 ? "]" : ", ")}");
        }
        text.Append("[/AVAILABLE_TOOLS]");
    }

    private static void AppendCalls(StringBuilder text, Chat chat, ChatMessage message)
    {
        var calls = chat.Array(Field(message, "tool_calls")?.Value ?? Chat.Content(message), "tool_calls");
        text.Append("[TOOL_CALLS][");
        for (var i = 0; i < calls.Count; i++)
        {
            var call = chat.Object(calls[i], "a tool call");
            text.Append(PythonJson.Dump(chat.Field(call, "function", "a tool call"))[..^1]).Append($", \"id\": \"{CheckedId(call["id"])}\"}}");
            text.Append(i == calls.Count - 1 ? $"]{chat.Eos}" : ", ");
        }
    }

    private static void AppendResult(StringBuilder text, ChatMessage message)
    {
        var content = Chat.Content(message) is JsonObject map && map.TryGetPropertyValue("content", out var inner) ? inner : Chat.Content(message);
        text.Append($"[TOOL_RESULTS]{{\"content\": {PythonText.Print(content)}, \"call_id\": \"{CheckedId(message.Extra?["tool_call_id"])}\"}}[/TOOL_RESULTS]");
    }

    private static string CheckedId(JsonNode? id) => id is JsonValue value && value.TryGetValue(out string? text) && PythonText.Length(text) == 9
        ? text
        : throw Chat.Raise(BadId);

    private static KeyValuePair<string, JsonNode?>? Field(ChatMessage message, string name) =>
        message.Extra is { } extra && extra.TryGetPropertyValue(name, out var value) ? KeyValuePair.Create(name, value) : null;
}
