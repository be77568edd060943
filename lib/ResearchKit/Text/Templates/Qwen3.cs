using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>Qwen3: Qwen2.5's form with thinking, which is shown only in the turns after the last question of a user.</summary>
internal static class Qwen3
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        if (chat.Options.Tools is { Count: > 0 } tools)
        {
            text.Append("<|im_start|>system\n");
            if (chat.StartsWithSystem) text.Append($"{chat.Text(chat.First)}\n\n");
            QwenTools.AppendSignatures(text, tools);
        }
        else if (chat.StartsWithSystem) text.Append($"<|im_start|>system\n{chat.Text(chat.First)}<|im_end|>\n");

        var lastQuestion = LastQuestion(chat);
        for (var i = 0; i < chat.Messages.Count; i++)
        {
            var message = chat.Messages[i];
            if (message.Role == "user" || (message.Role == "system" && i > 0)) text.Append($"<|im_start|>{message.Role}\n{chat.Text(message)}<|im_end|>\n");
            else if (message.Role == "assistant") AppendAssistant(text, chat, i, lastQuestion);
            else if (message.Role == "tool") QwenTools.AppendAnswer(text, chat.Messages, i);
        }
        if (chat.AddsGenerationPrompt)
        {
            text.Append("<|im_start|>assistant\n");
            if (chat.Argument("enable_thinking") is JsonValue value && value.TryGetValue(out bool thinks) && !thinks) text.Append("<think>\n\n</think>\n\n");
        }
        return text.ToString();
    }

    // A user's message that only hands over a tool's answer is no question.
    private static int LastQuestion(Chat chat)
    {
        for (var i = chat.Messages.Count - 1; i >= 0; i--)
        {
            if (chat.Messages[i].Role != "user") continue;
            var content = chat.Text(chat.Messages[i]);
            if (!(content.StartsWith("<tool_response>", StringComparison.Ordinal) && content.EndsWith("</tool_response>", StringComparison.Ordinal))) return i;
        }
        return chat.Messages.Count - 1;
    }

    private static void AppendAssistant(StringBuilder text, Chat chat, int index, int lastQuestion)
    {
        var message = chat.Messages[index];
        var (content, reasoning) = Split(chat, message);
        text.Append("<|im_start|>assistant\n");
        if (index > lastQuestion && (index == chat.Messages.Count - 1 || reasoning.Length > 0))
        {
            text.Append($"<think>\n{reasoning.Trim('\n')}\n</think>\n\n{content.TrimStart('\n')}");
        }
        else text.Append(content);

        if (PythonText.IsTrue(message.Extra?["tool_calls"]))
        {
            var first = true;
            foreach (var item in chat.Array(message.Extra!["tool_calls"], "tool_calls"))
            {
                if (!first || content.Length > 0) text.Append('\n');
                first = false;
                AppendCall(text, chat, chat.Object(item, "a tool call"));
            }
        }
        text.Append("<|im_end|>\n");
    }

    private static (string Content, string Reasoning) Split(Chat chat, ChatMessage message)
    {
        const string end = "</think>";
        var content = chat.Text(message);
        if (message.Extra?["reasoning_content"] is { } given) return (content, chat.String(given, "reasoning_content"));
        var first = content.IndexOf(end, StringComparison.Ordinal);
        if (first < 0) return (content, "");
        var answer = content[(content.LastIndexOf(end, StringComparison.Ordinal) + end.Length)..].TrimStart('\n');
        var before = content[..first].TrimEnd('\n');
        const string begin = "<think>";
        var start = before.LastIndexOf(begin, StringComparison.Ordinal);
        return (answer, (start < 0 ? before : before[(start + begin.Length)..]).TrimStart('\n'));
    }

    private static void AppendCall(StringBuilder text, Chat chat, JsonObject call)
    {
        if (PythonText.IsTrue(call["function"])) call = chat.Object(call["function"], "a tool call's function");
        var given = chat.Field(call, "arguments", "a tool call");
        var arguments = given is JsonValue value && value.TryGetValue(out string? raw) ? raw : PythonJson.Dump(given);
        text.Append($"<tool_call>\n{{\"name\": \"{(call.ContainsKey("name") ? PythonText.Print(call["name"]) : "")}\", \"arguments\": {arguments}}}\n</tool_call>");
    }
}
