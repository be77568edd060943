using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>Qwen2.5: ChatML with a default system message, and tools as JSON inside XML tags.</summary>
internal static class Qwen25
{
    private const string DefaultSystem = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        if (chat.Options.Tools is { Count: > 0 } tools)
        {
            text.Append($"<|im_start|>system\n{(chat.StartsWithSystem ? PythonText.Print(Chat.Content(chat.First)) : DefaultSystem)}\n\n");
            QwenTools.AppendSignatures(text, tools);
        }
        else text.Append($"<|im_start|>system\n{(chat.StartsWithSystem ? chat.Text(chat.First) : DefaultSystem)}<|im_end|>\n");

        for (var i = 0; i < chat.Messages.Count; i++)
        {
            var message = chat.Messages[i];
            var calls = PythonText.IsTrue(message.Extra?["tool_calls"]);
            if (message.Role == "user" || (message.Role == "system" && i > 0) || (message.Role == "assistant" && !calls))
            {
                text.Append($"<|im_start|>{message.Role}\n{chat.Text(message)}<|im_end|>\n");
            }
            else if (message.Role == "assistant") AppendCalls(text, chat, message);
            else if (message.Role == "tool") QwenTools.AppendAnswer(text, chat.Messages, i);
        }
        if (chat.AddsGenerationPrompt) text.Append("<|im_start|>assistant\n");
        return text.ToString();
    }

    private static void AppendCalls(StringBuilder text, Chat chat, ChatMessage message)
    {
        text.Append("<|im_start|>assistant");
        if (PythonText.IsTrue(Chat.Content(message))) text.Append('\n').Append(chat.Text(message));
        foreach (var item in chat.Array(message.Extra!["tool_calls"], "tool_calls"))
        {
            var call = chat.Object(item, "a tool call");
            if (call.TryGetPropertyValue("function", out var function)) call = chat.Object(function, "a tool call's function");
            text.Append($"\n<tool_call>\n{{\"name\": \"{Printed(call, "name")}\", \"arguments\": {PythonJson.Dump(chat.Field(call, "arguments", "a tool call"))}}}\n</tool_call>");
        }
        text.Append("<|im_end|>\n");
    }

    private static string Printed(JsonObject call, string field) =>
        call.TryGetPropertyValue(field, out var value) ? PythonText.Print(value) : "";
}
