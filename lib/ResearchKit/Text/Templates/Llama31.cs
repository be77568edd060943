using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>Llama 3.1: Llama 3 with dates, built-in tools and functions as indented JSON, by default in the first user message.</summary>
internal static class Llama31
{
    private const string CallFormat =
        "Respond in the format {\"name\": function name, \"parameters\": dictionary of argument name and its value}.Do not use variables.\n\n";

    internal static string Render(Chat chat)
    {
        var tools = chat.Defines("custom_tools") ? chat.Argument("custom_tools") : chat.Options.Tools;
        var inUserMessage = !chat.Defines("tools_in_user_message") || PythonText.IsTrue(chat.Argument("tools_in_user_message"));
        var builtin = chat.Defines("builtin_tools") ? chat.Array(chat.Argument("builtin_tools"), "builtin_tools") : null;
        var hasSystem = chat.StartsWithSystem;
        var messages = hasSystem ? [.. chat.Messages.Skip(1)] : chat.Messages;

        var text = new StringBuilder(chat.PrintedBos).Append("<|start_header_id|>system<|end_header_id|>\n\n");
        if (builtin is not null || tools is not null) text.Append("Environment: ipython\n");
        if (builtin is not null) text.Append($"Tools: {string.Join(", ", builtin.Select(PythonText.Print).Where(name => name != "code_interpreter"))}\n\n");
        var date = chat.Defines("date_string") ? chat.String(chat.Argument("date_string"), "date_string") : "26 Jul 2024";
        text.Append($"Cutting Knowledge Date: December 2023\nToday Date: {date}\n\n");
        if (tools is not null && !inUserMessage)
        {
            text.Append("You have access to the following functions. To call a function, please respond with JSON for a function call.").Append(CallFormat);
            AppendTools(text, chat, tools);
        }
        if (hasSystem) text.Append(Chat.Trimmed(chat.First));
        text.Append("<|eot_id|>");

        if (inUserMessage && tools is not null)
        {
            if (messages.Count == 0) throw Chat.Raise("Cannot put tools in the first user message when there's no first user message!");
            text.Append("<|start_header_id|>user<|end_header_id|>\n\nGiven the following functions, please respond with a JSON for a function call with its proper arguments that best answers the given prompt.\n\n").Append(CallFormat);
            AppendTools(text, chat, tools);
            text.Append($"{Chat.Trimmed(messages[0])}<|eot_id|>");
            messages = [.. messages.Skip(1)];
        }
        foreach (var message in messages) AppendMessage(text, chat, message, builtin);
        if (chat.AddsGenerationPrompt) text.Append("<|start_header_id|>assistant<|end_header_id|>\n\n");
        return text.ToString();
    }

    private static void AppendTools(StringBuilder text, Chat chat, JsonNode tools)
    {
        foreach (var tool in chat.Array(tools, "the tools")) text.Append(PythonJson.Dump(tool, indent: 4)).Append("\n\n");
    }

    private static void AppendMessage(StringBuilder text, Chat chat, ChatMessage message, JsonArray? builtin)
    {
        if (message.Extra?.ContainsKey("tool_calls") ?? false) AppendCall(text, chat, message, builtin);
        else if (message.Role is "tool" or "ipython")
        {
            // A string can be iterated too, so it is quoted as JSON; only numbers, booleans and null are printed.
            var content = Chat.Content(message);
            var isIterable = content is JsonObject or JsonArray || (content is JsonValue value && value.TryGetValue(out string? _));
            text.Append($"<|start_header_id|>ipython<|end_header_id|>\n\n{(isIterable ? PythonJson.Dump(content) : PythonText.Print(content))}<|eot_id|>");
        }
        else text.Append($"<|start_header_id|>{message.Role}<|end_header_id|>\n\n{Chat.Trimmed(message)}<|eot_id|>");
    }

    private static void AppendCall(StringBuilder text, Chat chat, ChatMessage message, JsonArray? builtin)
    {
        var calls = chat.Array(message.Extra!["tool_calls"], "tool_calls");
        if (calls.Count != 1) throw Chat.Raise("This model only supports single tool-calls at once!");
        var call = chat.Object(chat.Object(calls[0], "a tool call")["function"], "a tool call's function");
        var name = chat.String(call["name"], "a tool call's name");
        text.Append("<|start_header_id|>assistant<|end_header_id|>\n\n");
        if (builtin is not null && builtin.Any(tool => PythonText.Print(tool) == name))
        {
            // Jinja's items of an undefined value are none.
            var arguments = (call.ContainsKey("arguments") ? chat.Object(call["arguments"], "a built-in tool's arguments") : [])
                .Select(argument => $"{argument.Key}=\"{chat.String(argument.Value, "a built-in tool's argument")}\"");
            text.Append($"<|python_tag|>{name}.call({string.Join(", ", arguments)})");
        }
        else text.Append($"{{\"name\": \"{name}\", \"parameters\": {PythonJson.Dump(chat.Field(call, "arguments", "a tool call"))}}}");
        text.Append(builtin is not null ? "<|eom_id|>" : "<|eot_id|>");
    }
}
