using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Phi-3: a line with the role, the content, end; EOS closes a text that is not to be gone on with.</summary>
internal static class Phi3
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        foreach (var message in chat.Messages)
        {
            if (message.Role is "system" or "user" or "assistant") text.Append($"<|{message.Role}|>\n{chat.Text(message)}<|end|>\n");
        }
        text.Append(chat.AddsGenerationPrompt ? "<|assistant|>\n" : chat.PrintedEos);
        return text.ToString();
    }
}
