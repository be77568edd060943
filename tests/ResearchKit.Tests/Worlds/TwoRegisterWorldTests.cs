using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class TwoRegisterWorldTests
{
    private static readonly int[] Topics = [0, 1, 2, 3, 4, 5];
    private readonly TwoRegisterWorld world = new(new RandomStreams(1).Rng("world"));
    private readonly Rng rng = new RandomStreams(1).Rng("draws");

    [Theory]
    [InlineData(Corpus.Glossed)]
    [InlineData(Corpus.Unglossed)]
    [InlineData(Corpus.Interchangeable)]
    public void Every_document_fits_the_length_and_mixes_registers_only_where_they_are_interchangeable(Corpus corpus)
    {
        var mixed = 0;
        var glossed = 0;
        var glosses = Enumerable.Range(0, world.Concepts).Select(world.Gloss).ToHashSet();
        for (var i = 0; i < 2000; i++)
        {
            var document = world.Document(rng, corpus);

            Assert.InRange(document.Length, 5, TwoRegisterWorld.MaxLength);
            Assert.Equal(world.Tokenizer.BosId, document[0]);
            Assert.Equal(world.Tokenizer.EosId, document[^1]);
            if (world.FormalShare(document) is > 0 and < 1) mixed++;
            if (document.Any(glosses.Contains)) glossed++;
        }
        Assert.Equal(corpus == Corpus.Interchangeable, mixed > 0);
        Assert.Equal(corpus == Corpus.Glossed, glossed > 0);
        if (corpus == Corpus.Glossed) Assert.InRange(glossed / 2000.0, 0.6, 0.7);
    }

    [Fact]
    public void Labels_are_never_wrong_and_pairs_are_plain()
    {
        for (var i = 0; i < 500; i++)
        {
            var pair = world.Pair(Topics, 4, rng, minimumGap: 0.4, hedging: i % 2 * 0.5);

            Assert.True(world.Reward(pair.Chosen) - world.Reward(pair.Rejected) > 0.4);
            Assert.Equal(0, world.FormalShare([.. pair.Chosen, .. pair.Rejected]));
        }
    }

    [Fact]
    public void Rewriting_changes_words_and_keeps_worth_length_and_everything_that_is_no_word()
    {
        for (var i = 0; i < 500; i++)
        {
            var pair = world.Pair(Topics, 5, rng, hedging: 0.3);
            var rewritten = world.Rewrite(pair, 1, rng);

            Assert.Equal(pair.Prompt, rewritten.Prompt);
            Assert.Equal(pair.Chosen.Length, rewritten.Chosen.Length);
            Assert.Equal(world.Reward(pair.Chosen), world.Reward(rewritten.Chosen), 12);
            Assert.Equal(1, world.FormalShare(rewritten.Chosen));
            Assert.Equal(pair.Chosen, world.Rewrite(pair.Chosen, 0, rng));
        }
        var half = Enumerable.Range(0, 500).Average(_ => world.FormalShare(world.Rewrite(world.Pair(Topics, 4, rng), 0.5, rng).Chosen));
        Assert.InRange(half, 0.46, 0.54);
    }

    [Fact]
    public void A_world_is_its_stream_and_good_and_bad_concepts_balance()
    {
        var twin = new TwoRegisterWorld(new RandomStreams(1).Rng("world"));
        var other = new TwoRegisterWorld(new RandomStreams(2).Rng("world"));
        double[] Values(TwoRegisterWorld w) => [.. Enumerable.Range(0, w.Concepts).Select(w.Value)];

        Assert.Equal(Values(world), Values(twin));
        Assert.NotEqual(Values(world), Values(other));
        Assert.Equal(0, Values(world).Sum(), 12);
        Assert.All(Values(world), value => Assert.InRange(Math.Abs(value), 0.4, 1.2 + 1e-12));
    }

    [Fact]
    public void Every_concept_has_four_words_of_its_own()
    {
        var words = Enumerable.Range(0, world.Concepts).SelectMany(c => new[] { Register.Plain, Register.Formal }.SelectMany(r => world.Words(c, r))).ToArray();

        Assert.Equal(96, words.Distinct().Count());
        Assert.All(words, word => Assert.NotEqual(0, world.Reward([word])));
        Assert.True(double.IsNaN(world.FormalShare(world.Prompt(3))));
    }
}
