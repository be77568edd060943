using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class FactWorldTests
{
    private readonly FactWorld world = new(new RandomStreams(1).Rng("facts"));

    [Fact]
    public void Every_document_fits_the_length_and_holds_no_illegal_bigram()
    {
        var rng = new RandomStreams(1).Rng("documents");
        var facts = 0;
        for (var i = 0; i < 3000; i++)
        {
            var document = world.Document(rng);

            Assert.InRange(document.Length, 6, FactWorld.MaxLength);
            Assert.Equal(0, world.IllegalShare(document[..1], document[1..]));
            if (world.Tokenizer.TokenText(document[1]) == "Q") facts++;
        }
        Assert.InRange(facts / 3000.0, 0.27, 0.33);
    }

    [Fact]
    public void Common_keys_come_first_with_the_root_of_their_rank()
    {
        var rng = new RandomStreams(2).Rng("documents");
        var counts = new int[FactWorld.Facts];
        for (var i = 0; i < 40_000; i++)
        {
            var document = world.Document(rng);
            if (document[1] == world.Question(0)[1]) counts[document[2] - world.Question(0)[2]]++;
        }
        Assert.InRange((double)counts[0] / counts[3], 1.8, 2.2);
        Assert.InRange((double)counts[0] / counts[15], 3.4, 4.7);
    }

    [Theory]
    [InlineData("movie is good", "and plot is bad <eos>", 0)]
    [InlineData("movie is", "is good <eos>", 1 / 3.0)]
    [InlineData("movie is", "good good good <eos>", 2 / 4.0)]
    [InlineData("movie is", "key3 A val1 <eos>", 1 / 4.0)]
    [InlineData("movie is", "very not <eos>", 2 / 3.0)]
    public void The_illegal_share_counts_bigrams_that_the_language_cannot_have(string prompt, string continuation, double expected) =>
        Assert.Equal(expected, world.IllegalShare(world.Tokenizer.Encode("<bos> " + prompt), world.Tokenizer.Encode(continuation)), 12);

    [Fact]
    public void Sentiment_is_that_of_the_sentiment_world_and_words_of_facts_weigh_nothing()
    {
        var reviews = new SentimentWorld();
        const string text = "movie is not very good and plot is bad <eos>";

        Assert.Equal(reviews.TokenScores(reviews.Tokenizer.Encode(text)).Sum(), world.Sentiment(world.Tokenizer.Encode(text)), 12);
        Assert.Equal(0, world.Sentiment(world.Tokenizer.Encode("Q key1 A val1 val2")));
    }

    [Fact]
    public void A_wrong_answer_is_two_values_that_are_not_the_keys_own()
    {
        var rng = new RandomStreams(3).Rng("wrong");
        for (var i = 0; i < 2000; i++)
        {
            var wrong = world.WrongAnswer(i % FactWorld.Facts, rng);

            Assert.NotEqual(world.Answer(i % FactWorld.Facts), wrong);
            Assert.Equal(0, world.IllegalShare(world.Question(i % FactWorld.Facts), wrong));
        }
    }

    [Fact]
    public void A_prompt_and_a_continuation_make_a_document_of_the_corpus()
    {
        var rng = new RandomStreams(4).Rng("prompts");
        var reviews = new SentimentWorld();
        for (var i = 0; i < 500; i++)
        {
            int[] prompt = world.Prompt(rng), rest = world.Continue(rng);

            Assert.True(reviews.IsGrammatical([.. prompt, .. rest]));
            Assert.InRange(rest.Length, 1, FactWorld.MaxNewTokens);
        }
    }

    [Fact]
    public void The_number_of_possible_ngrams_is_counted_through_the_grammar()
    {
        // 62 words: 8 topics, is, not, very, 2 joins, 8 fillers, 40 adjectives and the end token.
        Assert.Equal(62, world.PossibleNgrams(1));
        // topics-is 8, is-x 50, fillers-x 8·42, not-x 41, very-x 40, adjectives-x 40·3, joins-topics 16.
        Assert.Equal(8 + 50 + 336 + 41 + 40 + 120 + 16, world.PossibleNgrams(2));
        Assert.True(world.PossibleNgrams(5) > world.PossibleNgrams(4));
    }

    [Fact]
    public void Each_world_has_its_own_facts_and_the_same_stream_gives_the_same()
    {
        FactWorld same = new(new RandomStreams(1).Rng("facts")), other = new(new RandomStreams(2).Rng("facts"));

        Assert.All(Enumerable.Range(0, FactWorld.Facts), key => Assert.Equal(world.Answer(key), same.Answer(key)));
        Assert.Contains(Enumerable.Range(0, FactWorld.Facts), key => !world.Answer(key).SequenceEqual(other.Answer(key)));
    }
}
