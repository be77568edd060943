using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Mistral 7B Instruct v0.1: user and assistant only, instructions between [INST] marks.</summary>
internal static class Mistral7B
{
    internal static string Render(Chat chat)
    {
        var text = new StringBuilder(chat.PrintedBos);
        for (var i = 0; i < chat.Messages.Count; i++)
        {
            var message = chat.Messages[i];
            if ((message.Role == "user") != (i % 2 == 0)) throw Chat.Raise(Alternation.Message);
            text.Append(message.Role switch
            {
                "user" => $"[INST] {chat.Text(message)} [/INST]",
                "assistant" => $"{chat.Text(message)}{chat.Eos} ",
                _ => throw Chat.Raise("Only user and assistant roles are supported!"),
            });
        }
        return text.ToString();
    }
}
