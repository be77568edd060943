using System.Text;
using System.Text.Json.Nodes;

namespace ResearchKit.Text.Templates;

/// <summary>What the Qwen templates say about tools, and how they show a tool's answers.</summary>
internal static class QwenTools
{
    internal static void AppendSignatures(StringBuilder text, JsonArray tools)
    {
        text.Append("# Tools\n\nYou may call one or more functions to assist with the user query.\n\nYou are provided with function signatures within <tools></tools> XML tags:\n<tools>");
        foreach (var tool in tools) text.Append('\n').Append(PythonJson.Dump(tool));
        text.Append("\n</tools>\n\nFor each function call, return a json object with function name and arguments within <tool_call></tool_call> XML tags:\n<tool_call>\n{\"name\": <function-name>, \"arguments\": <args-json-object>}\n</tool_call><|im_end|>\n");
    }

    /// <summary>Neighbouring answers share one user turn.</summary>
    internal static void AppendAnswer(StringBuilder text, IReadOnlyList<ChatMessage> messages, int index)
    {
        if (index == 0 || messages[index - 1].Role != "tool") text.Append("<|im_start|>user");
        text.Append($"\n<tool_response>\n{PythonText.Print(Chat.Content(messages[index]))}\n</tool_response>");
        if (index == messages.Count - 1 || messages[index + 1].Role != "tool") text.Append("<|im_end|>\n");
    }
}
