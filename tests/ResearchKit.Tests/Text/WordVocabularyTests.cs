using CsCheck;
using ResearchKit.Text;

namespace ResearchKit.Tests.Text;

public sealed class WordVocabularyTests
{
    private static readonly WordVocabulary Vocabulary = WordVocabulary.Of(["the", "cat", "sat"]);

    [Fact]
    public void Specials_come_first_and_words_follow_in_their_order()
    {
        Assert.Equal(6, Vocabulary.VocabSize);
        Assert.Equal((0, 1, 2), (Vocabulary.PadId, Vocabulary.BosId, Vocabulary.EosId));
        Assert.Equal([3, 4, 5], Vocabulary.Encode(" the cat\n sat "));
        Assert.Equal([1, 3, 2], Vocabulary.Encode("the", addSpecialTokens: true));
    }

    [Fact]
    public void Decoding_drops_specials_unless_asked_to_keep_them()
    {
        Assert.Equal("the cat", Vocabulary.Decode([1, 3, 4, 2, 0]));
        Assert.Equal("<bos> the <eos>", Vocabulary.Decode([1, 3, 2], skipSpecialTokens: false));
    }

    [Fact]
    public void Text_survives_encoding_and_decoding() => Gen.Int[3, 5].Array[0, 20].Sample(
        ids =>
        {
            var text = string.Join(' ', ids.Select(Vocabulary.TokenText));
            return Vocabulary.Decode(Vocabulary.Encode(text)) == text && Vocabulary.Encode(text).SequenceEqual(ids);
        },
        iter: 200);

    [Fact]
    public void An_unknown_word_is_an_error_that_names_it() =>
        Assert.Contains("'Cat'", Assert.Throws<VocabularyException>(() => Vocabulary.Encode("the Cat")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(-1)]
    [InlineData(6)]
    public void An_id_outside_is_an_error_that_names_it(int id) =>
        Assert.Contains($"id {id} is outside", Assert.Throws<VocabularyException>(() => Vocabulary.Decode([id])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("twice", "a", "b", "a")]
    [InlineData("twice", "<eos>")]
    [InlineData("whitespace", "a b")]
    [InlineData("whitespace", "")]
    public void Words_that_cannot_be_told_apart_are_refused(string says, params string[] words) =>
        Assert.Contains(says, Assert.Throws<VocabularyException>(() => WordVocabulary.Of(words)).Message, StringComparison.Ordinal);

    [Fact]
    public void Specials_elsewhere_are_refused() =>
        Assert.Contains("'<pad>'", Assert.Throws<VocabularyException>(() => new WordVocabulary(["a", "<pad>", "<bos>", "<eos>"])).Message, StringComparison.Ordinal);
}
