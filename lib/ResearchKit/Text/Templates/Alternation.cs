namespace ResearchKit.Text.Templates;

/// <summary>The check that many templates share: the user speaks first, then every other turn.</summary>
internal static class Alternation
{
    internal const string Message = "Conversation roles must alternate user/assistant/user/assistant/...";

    /// <param name="messages">The turns that are counted.</param>
    /// <param name="offset">0 where the user's turns are the even ones, 1 where they are the odd ones.</param>
    /// <param name="message">What the template raises.</param>
    internal static void Check(IReadOnlyList<ChatMessage> messages, int offset = 0, string message = Message)
    {
        for (var i = 0; i < messages.Count; i++)
        {
            if ((messages[i].Role == "user") != (i % 2 == offset)) throw Chat.Raise(message);
        }
    }
}
