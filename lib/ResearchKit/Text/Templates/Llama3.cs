using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Llama 3: a header with the role, the trimmed content, eot_id.</summary>
internal static class Llama3
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        foreach (var message in chat.Messages)
        {
            if (text.Length == 0) text.Append(chat.Bos);
            text.Append($"<|start_header_id|>{message.Role}<|end_header_id|>\n\n{Chat.Trimmed(message)}<|eot_id|>");
        }
        if (chat.AddsGenerationPrompt) text.Append("<|start_header_id|>assistant<|end_header_id|>\n\n");
        return text.ToString();
    }
}
