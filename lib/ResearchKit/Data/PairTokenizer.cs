using ResearchKit.Text;

namespace ResearchKit.Data;

/// <summary>
/// Preference records to token ids, as TRL's DPO trainer does. Plain text: BOS before the prompt where the tokenizer's own
/// rule puts one, EOS after an answer that does not end in it. Conversations: the chat template's text, which brings its own special tokens.
/// Prompt and answer are tokenized apart, so the prompt's ids are those a model samples from.
/// </summary>
/// <param name="tokenizer">Text to ids; plain text needs one with an EOS token.</param>
/// <param name="template">Renders conversations; null where there are none.</param>
public sealed class PairTokenizer(ITokenizer tokenizer, ChatTemplate? template = null)
{
    private readonly int[] _opening = Opening(tokenizer);

    /// <summary>One pair's ids, at full length.</summary>
    /// <exception cref="VocabularyException">The vocabulary lacks EOS, or a word.</exception>
    /// <exception cref="ChatTemplateException">There is no template for a conversation, or it refuses the messages.</exception>
    public TokenizedPair Tokenize(PreferenceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        if (record.Prompt.Messages is null)
        {
            return new TokenizedPair(Prompt(record.Prompt), WithEos(PlainText(record.Chosen)), WithEos(PlainText(record.Rejected)));
        }
        var (prompt, chosen, rejected) = Render(record);
        return new TokenizedPair(tokenizer.Encode(prompt), tokenizer.Encode(chosen), tokenizer.Encode(rejected));
    }

    /// <summary>All pairs' ids, cut to length; the result counts what was cut and what was left out.</summary>
    public PairTruncation Tokenize(IEnumerable<PreferenceRecord> records, int maxPrompt, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(records);
        return PairTruncation.Apply(records.Select(Tokenize), maxPrompt, maxLength);
    }

    /// <summary>A prompt's ids, for sampling answers: a conversation ends with the opening of the assistant's turn.</summary>
    public int[] Prompt(Passage prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return prompt.Messages is { } messages ? tokenizer.Encode(RenderPrompt(messages)) : [.. _opening, .. tokenizer.Encode(prompt.Text!)];
    }

    // Some templates write the answer's turn otherwise than its opening promised: what prompt and whole share is the prompt (TRL's apply_chat_template).
    private (string Prompt, string Chosen, string Rejected) Render(PreferenceRecord record)
    {
        var messages = record.Prompt.Messages!;
        var prompt = RenderPrompt(messages);
        string chosen = Whole(record.Chosen), rejected = Whole(record.Rejected);
        var shared = prompt.AsSpan().CommonPrefixLength(chosen);
        shared = prompt.AsSpan(0, shared).CommonPrefixLength(rejected);
        if (shared > 0 && char.IsHighSurrogate(prompt[shared - 1])) shared--;
        return (prompt[..shared], chosen[shared..], rejected[shared..]);

        string Whole(Passage answer) => Template.Render([.. messages, .. answer.Messages ?? throw new ChatTemplateException("the answer to a conversation must be messages, found plain text")]);
    }

    private string RenderPrompt(IReadOnlyList<ChatMessage> messages) => messages.Count > 0 && messages[^1].Role is "user" or "tool"
        ? Template.Render(messages, new ChatOptions { AddGenerationPrompt = true })
        : throw new ChatTemplateException($"a prompt must end with a message of 'user' or 'tool', found {(messages.Count == 0 ? "no message" : $"'{messages[^1].Role}'")}");

    private ChatTemplate Template => template ?? throw new ChatTemplateException($"conversations need a chat template; give PairTokenizer one: {string.Join(", ", ChatTemplate.Names)}");

    private int[] PlainText(Passage answer) => tokenizer.Encode(answer.Text ?? throw new ChatTemplateException("the answer to plain text must be plain text, found messages"));

    private int[] WithEos(int[] ids)
    {
        var eos = tokenizer.EosId ?? throw new VocabularyException("answers end with EOS, which this tokenizer does not name; set eos_token in its tokenizer_config.json");
        return ids.Length > 0 && ids[^1] == eos ? ids : [.. ids, eos];
    }

    private static int[] Opening(ITokenizer tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return tokenizer.BosId is { } bos && tokenizer.Encode("", addSpecialTokens: true).FirstOrDefault(-1) == bos ? [bos] : [];
    }
}
