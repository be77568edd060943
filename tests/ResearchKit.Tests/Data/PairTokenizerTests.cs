using ResearchKit.Data;
using ResearchKit.Tests.Support;
using ResearchKit.Text;

namespace ResearchKit.Tests.Data;

public sealed class PairTokenizerTests
{
    private static readonly WordVocabulary Words = WordVocabulary.Of(["a", "b", "c", "d"]);

    [Fact]
    public void Plain_pairs_begin_with_BOS_and_answers_end_with_one_EOS()
    {
        var pair = new PairTokenizer(Words).Tokenize(new PreferenceRecord("a b", "c", "d <eos>"));
        Assert.Equal([1, 3, 4], pair.Prompt);
        Assert.Equal([5, 2], pair.Chosen);
        Assert.Equal([6, 2], pair.Rejected);
    }

    [Fact]
    public void What_is_cut_and_left_out_is_counted()
    {
        var cut = new PairTokenizer(Words).Tokenize([new PreferenceRecord("a b a b", "c", "d d d d d"), new PreferenceRecord("a", "c", "d")], maxPrompt: 3, maxLength: 6);
        Assert.Equal((2, 1, 1, 0), (cut.Pairs.Count, cut.CutPrompts, cut.CutAnswers, cut.Dropped));
        Assert.Equal([4, 3, 4], cut.Pairs[0].Prompt);
    }

    [Fact]
    public void Conversations_are_rendered_and_prompt_and_answer_join_to_the_whole_text()
    {
        using var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared("tokenizers/llama3"));
        var template = ChatTemplate.Of(Checkout.Shared("tokenizers/llama3"));
        ChatMessage question = new("user", "Why is the sky blue?"), good = new("assistant", "Rayleigh scattering."), bad = new("assistant", "Paint.");
        var pairs = new PairTokenizer(tokenizer, template);
        var pair = pairs.Tokenize(new PreferenceRecord(new Passage([question]), new Passage([good]), new Passage([bad])));
        Assert.Equal(template.Render([question], new ChatOptions { AddGenerationPrompt = true }), tokenizer.Decode(pair.Prompt, skipSpecialTokens: false));
        Assert.Equal(template.Render([question, bad]), tokenizer.Decode([.. pair.Prompt, .. pair.Rejected], skipSpecialTokens: false));
        Assert.Equal(tokenizer.EosId, pair.Chosen[^1]);
        Assert.Equal(pair.Prompt, pairs.Prompt(new Passage([question])));
    }

    [Fact]
    public void Real_pairs_are_tokenized_by_a_real_tokenizer()
    {
        using var tokenizer = HuggingFaceTokenizer.Load(Checkout.Shared("models/stories260K"));
        var records = RecordFiles.ReadPreference(Checkout.Shared("data/preference/instruction-data-with-preference.json"), ColumnMap.Alpaca).Take(50).ToArray();
        var tokenizerOfPairs = new PairTokenizer(tokenizer);
        foreach (var record in records)
        {
            var pair = tokenizerOfPairs.Tokenize(record);
            Assert.Equal((1, 2, 2), (pair.Prompt[0], pair.Chosen[^1], pair.Rejected[^1]));
            Assert.Equal(record.Prompt.Text, tokenizer.Decode(pair.Prompt));
            Assert.Equal(record.Chosen.Text, tokenizer.Decode(pair.Chosen));
        }
    }

    [Fact]
    public void What_cannot_be_tokenized_says_why()
    {
        ChatMessage question = new("user", "a"), answer = new("assistant", "b");
        var conversation = new PreferenceRecord(new Passage([question]), new Passage([answer]), new Passage([answer]));
        Assert.Contains("chat template", Assert.Throws<ChatTemplateException>(() => new PairTokenizer(Words).Tokenize(conversation)).Message, StringComparison.Ordinal);
        var mixed = conversation with { Chosen = "b" };
        Assert.Contains("plain text", Assert.Throws<ChatTemplateException>(() => new PairTokenizer(Words, ChatTemplate.ByName("chatml")).Tokenize(mixed)).Message, StringComparison.Ordinal);
        var open = conversation with { Prompt = new Passage([question, answer]) };
        Assert.Contains("'assistant'", Assert.Throws<ChatTemplateException>(() => new PairTokenizer(Words, ChatTemplate.ByName("chatml")).Tokenize(open)).Message, StringComparison.Ordinal);
    }
}
