using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Gemma 2: turns of user and model; there is no system turn.</summary>
internal static class Gemma2
{
    internal static string Render(Chat chat)
    {
        if (chat.StartsWithSystem) throw Chat.Raise("System role not supported");
        Alternation.Check(chat.Messages);
        var text = new StringBuilder(chat.PrintedBos);
        foreach (var message in chat.Messages)
        {
            var role = message.Role == "assistant" ? "model" : message.Role;
            text.Append($"<start_of_turn>{role}\n{Chat.Trimmed(message)}<end_of_turn>\n");
        }
        if (chat.AddsGenerationPrompt) text.Append("<start_of_turn>model\n");
        return text.ToString();
    }
}
