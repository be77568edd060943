using ResearchKit.Text;

namespace ResearchKit.Reward;

/// <summary>
/// Real dialogues and follow-ups as token ids: the chat template opens a new turn after the answer, and the follow-up's
/// tokens are found in the whole text, since a text may split differently by itself than inside a template.
/// </summary>
/// <param name="Prefixes">For each dialogue everything before the follow-up.</param>
/// <param name="FollowUps">The follow-ups' own tokens, the same after every dialogue.</param>
public sealed record FollowUpTurns(IReadOnlyList<int[]> Prefixes, IReadOnlyList<int[]> FollowUps)
{
    /// <summary>Renders and tokenises.</summary>
    /// <param name="template">The model's chat template; null for plain text, where a blank line parts two turns.</param>
    /// <param name="tokenizer">The model's tokenizer.</param>
    /// <param name="dialogues">Each ends with the answer to be judged.</param>
    /// <param name="followUps">What the next turn may say.</param>
    /// <param name="maxPrefix">Longer prefixes lose their beginning, never the answer's end.</param>
    /// <param name="role">Who says it: the user; the assistant in FLR's feedback format with exchanged roles.</param>
    /// <exception cref="ArgumentException">A follow-up is split into tokens that depend on the dialogue before it.</exception>
    public static FollowUpTurns Of(
        ChatTemplate? template, ITokenizer tokenizer, IReadOnlyList<IReadOnlyList<ChatMessage>> dialogues, IReadOnlyList<string> followUps,
        int maxPrefix, string role = "user")
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(dialogues);
        ArgumentNullException.ThrowIfNull(followUps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPrefix);
        var rows = dialogues.Select(dialogue => Split(template, tokenizer, dialogue, followUps, role)).ToArray();
        for (var i = 1; i < rows.Length; i++)
        {
            var bad = Enumerable.Range(0, followUps.Count).FirstOrDefault(f => !rows[i].Suffixes[f].SequenceEqual(rows[0].Suffixes[f]), -1);
            if (bad >= 0) throw new ArgumentException($"the follow-up '{followUps[bad]}' has other tokens after dialogue {i} than after dialogue 0; let the template end in a token that merges with no text", nameof(dialogues));
        }
        return new FollowUpTurns([.. rows.Select(row => row.Prefix[Math.Max(0, row.Prefix.Length - maxPrefix)..])], rows.Length == 0 ? [] : rows[0].Suffixes);
    }

    private static (int[] Prefix, int[][] Suffixes) Split(
        ChatTemplate? template, ITokenizer tokenizer, IReadOnlyList<ChatMessage> dialogue, IReadOnlyList<string> followUps, string role)
    {
        int[][] whole = [.. followUps.Select(followUp => tokenizer.Encode(UpToItsEnd(template, dialogue, followUp, role), addSpecialTokens: template is null))];
        if (template is null && tokenizer.EosId is { } eos) whole = [.. whole.Select(ids => ids[^1] == eos ? ids[..^1] : ids)];
        var text = UpToItsEnd(template, dialogue, followUps[0], role);
        var before = tokenizer.Encode(text[..^followUps[0].Length], addSpecialTokens: template is null);
        // A follow-up's first letters may merge with the template's last: then both belong to the suffix, for all alike.
        var shared = whole.Min(ids => ids.Zip(before).TakeWhile(pair => pair.First == pair.Second).Count());
        return (whole[0][..shared], [.. whole.Select(ids => ids[shared..])]);
    }

    private static string UpToItsEnd(ChatTemplate? template, IReadOnlyList<ChatMessage> dialogue, string followUp, string role)
    {
        if (template is null) return string.Join("\n\n", dialogue.Select(message => message.Content).Append(followUp));
        var text = template.Render([.. dialogue, new ChatMessage(role, followUp)]);
        var at = text.LastIndexOf(followUp, StringComparison.Ordinal);
        if (at < 0) throw new ArgumentException($"the template '{template.Name}' writes the follow-up '{followUp}' in another form; give it without space around it", nameof(followUp));
        return text[..(at + followUp.Length)];
    }
}
