using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Zephyr: a line with the role, the content, EOS; messages of other roles leave no trace.</summary>
internal static class Zephyr
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder();
        foreach (var message in chat.Messages)
        {
            if (message.Role is "user" or "system" or "assistant") text.Append($"<|{message.Role}|>\n{chat.Text(message)}{chat.Eos}\n");
        }
        if (chat.AddsGenerationPrompt && chat.Messages.Count > 0) text.Append("<|assistant|>\n");
        return text.ToString();
    }
}
