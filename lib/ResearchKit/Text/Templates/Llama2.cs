using System.Text;

namespace ResearchKit.Text.Templates;

/// <summary>Llama 2: instructions between [INST] marks, the system message inside the first of them.</summary>
internal static class Llama2
{
    internal static string Render(Chat chat)
    {
        var system = chat.StartsWithSystem ? chat.First : null;
        var turns = system is null ? chat.Messages : [.. chat.Messages.Skip(1)];
        Alternation.Check(turns);
        var text = new StringBuilder();
        for (var i = 0; i < turns.Count; i++)
        {
            // An empty system message still opens its block: only a missing one is false to the template.
            var content = i == 0 && system is not null ? $"<<SYS>>\n{chat.Text(system)}\n<</SYS>>\n\n{chat.Text(turns[i])}" : null;
            if (turns[i].Role == "user") text.Append($"{chat.Bos}[INST] {PythonText.Strip(content ?? chat.Text(turns[i]))} [/INST]");
            else if (turns[i].Role == "assistant") text.Append($" {PythonText.Strip(chat.Text(turns[i]))} {chat.Eos}");
        }
        return text.ToString();
    }
}
