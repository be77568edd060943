using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class SentimentWorldTests
{
    private readonly SentimentWorld world = new();

    [Fact]
    public void Every_document_is_grammatical_and_fits_the_length()
    {
        var rng = new RandomStreams(1).Rng("documents");
        for (var i = 0; i < 2000; i++)
        {
            var document = world.Document(rng);

            Assert.True(world.IsGrammatical(document), world.Tokenizer.Decode(document));
            Assert.InRange(document.Length, 8, SentimentWorld.MaxLength);
        }
    }

    [Theory]
    [InlineData("movie is perfect", 1.3)]
    [InlineData("movie is very perfect", 1.95)]
    [InlineData("movie is not perfect", -1.3)]
    [InlineData("movie is not very perfect", -1.95)]
    [InlineData("movie is quite horrible", -1.3)]
    [InlineData("movie is long", 0)]
    [InlineData("movie is decent but plot is not bland", 0.8)]
    public void The_reward_is_the_logistic_of_the_signed_adjectives(string text, double sum)
    {
        var ids = world.Tokenizer.Encode(text);

        Assert.Equal(sum, world.TokenScores(ids).Sum(), 12);
        Assert.Equal(1 / (1 + Math.Exp(-sum)), world.Reward(ids[..2], ids[2..]), 12);
    }

    [Theory]
    [InlineData("movie is good <eos>", true)]
    [InlineData("<bos> movie is really not very good and plot is bad <eos>", true)]
    [InlineData("movie is good", false)]
    [InlineData("movie is very not good <eos>", false)]
    [InlineData("movie good <eos>", false)]
    [InlineData("movie is good and <eos>", false)]
    [InlineData("movie is good <eos> plot", false)]
    [InlineData("", false)]
    public void Grammar_is_decided_exactly(string text, bool expected) =>
        Assert.Equal(expected, world.IsGrammatical(world.Tokenizer.Encode(text)));

    [Fact]
    public void The_same_stream_gives_the_same_prompts_and_rewards_centre_on_a_half()
    {
        var first = Enumerable.Range(0, 5).Select(_ => world.Prompt(new RandomStreams(3).Rng("p"))).ToArray();
        Assert.All(first, prompt => Assert.Equal(first[0], prompt));

        var rng = new RandomStreams(3).Rng("d");
        var rewards = Enumerable.Range(0, 4000).Select(_ => world.Reward([], world.Document(rng))).ToArray();
        Assert.InRange(rewards.Average(), 0.47, 0.53);
    }
}
