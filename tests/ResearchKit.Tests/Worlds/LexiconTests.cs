using ResearchKit.Tests.Support;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class LexiconTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    [Fact]
    public void The_valence_is_the_mean_over_known_words_whatever_their_case()
    {
        File.WriteAllText(path, "good\t3\nbad\t-2\n");
        var lexicon = Lexicon.Load(path);

        Assert.Equal(0.5, lexicon.MeanValence("Good, but BAD weather!"));
        Assert.Equal(0, lexicon.MeanValence("nothing known"));
    }

    [Theory]
    [InlineData("good\n", "line 1", "found 'good'")]
    [InlineData("good\t3\nbad\tx\n", "line 2", "a number")]
    [InlineData("good\tNaN\n", "line 1", "a number")]
    [InlineData("good\t3\nGood\t2\n", "line 2", "twice")]
    [InlineData("\n", "no word", "expected lines")]
    public void A_bad_lexicon_is_refused_with_its_place(string text, string where, string what)
    {
        File.WriteAllText(path, text);

        var error = Assert.Throws<LexiconException>(() => Lexicon.Load(path));

        Assert.Contains(where, error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_lexicon_says_what_to_give() =>
        Assert.Contains("does not exist", Assert.Throws<LexiconException>(() => Lexicon.Load(path + ".none")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_real_afinn_list_is_read()
    {
        var lexicon = Lexicon.Load(Checkout.Shared("data/lexicon/afinn-165.tsv"));

        Assert.Equal(3382, lexicon.Count);
        Assert.True(lexicon.MeanValence("what a wonderful happy day") > 2);
    }
}
