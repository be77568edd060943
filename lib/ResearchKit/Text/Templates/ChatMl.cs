using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>ChatML, the default of transformers: every message between im_start and im_end.</summary>
internal static class ChatMl
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        foreach (var message in chat.Messages) text.Append($"<|im_start|>{message.Role}\n{chat.Text(message)}<|im_end|>\n");
        if (chat.AddsGenerationPrompt) text.Append("<|im_start|>assistant\n");
        return text.ToString();
    }
}
