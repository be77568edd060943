using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>ChatML of chujiezheng/chat_templates: turns must alternate; the template's own indentation is part of the text.</summary>
internal static class ChatMlAlternating
{
    internal static string Render(Chat chat)
    {
        Alternation.Check(chat.Messages, offset: chat.StartsWithSystem ? 1 : 0);
        var text = new StringBuilder($"\n{chat.PrintedBos}\n");
        foreach (var message in chat.Messages) text.Append($"\n    <|im_start|>{message.Role}\n{Chat.Trimmed(message)}<|im_end|>\n\n");
        text.Append('\n');
        if (chat.AddsGenerationPrompt) text.Append("    <|im_start|>assistant\n\n");
        return text.ToString();
    }
}
