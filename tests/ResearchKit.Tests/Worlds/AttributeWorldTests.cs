using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class AttributeWorldTests
{
    private readonly AttributeWorld world = new();

    [Fact]
    public void Answers_have_4_to_13_words_and_an_end_token_and_fit_the_model()
    {
        var rng = new RandomStreams(1).Rng("answers");
        var answers = Enumerable.Range(0, 2000).Select(_ => world.Answer(world.Prompt(rng), rng)).ToArray();

        Assert.Equal([5, 14], new[] { answers.Min(a => a.Length), answers.Max(a => a.Length) });
        Assert.All(answers, a => Assert.Equal(world.StopTokens[0], a[^1]));
        Assert.True(answers.Max(a => a.Length) <= AttributeWorld.MaxNewTokens);
        Assert.Equal(63, world.Tokenizer.VocabSize);
    }

    [Theory]
    [InlineData("flawless <eos>", 3.6)]
    [InlineData("useless <eos>", -3.6)]
    [InlineData("maybe flawless really useless <eos>", 0)]
    [InlineData("fine flawless maybe maybe <eos>", 2.25)]
    [InlineData("maybe really <eos>", 0)]
    public void The_reward_is_three_times_the_mean_value_of_the_quality_words(string answer, double reward) =>
        Assert.Equal(reward, world.Reward(world.Tokenizer.Encode(answer)), 12);

    [Fact]
    public void The_reward_knows_nothing_of_length()
    {
        var rng = new RandomStreams(2).Rng("pairs");
        var pairs = world.CleanPairs(4000, rng);

        Assert.All(pairs, p => Assert.True(world.Reward(p.Chosen) - world.Reward(p.Rejected) > 0.3));
        var longer = pairs.Average(p => p.Chosen.Length > p.Rejected.Length ? 1 : p.Chosen.Length < p.Rejected.Length ? 0 : 0.5);
        Assert.Equal(0.5, longer, 0.04);
    }

    [Fact]
    public void Five_chosen_answers_in_six_are_longer_under_the_bias()
    {
        var pairs = world.LengthBiasedPairs(4000, new RandomStreams(3).Rng("pairs"));

        Assert.InRange(pairs.Average(p => p.Chosen.Length > p.Rejected.Length ? 1.0 : 0.0), 0.78, 0.86);
        Assert.All(pairs, p => Assert.True(world.Reward(p.Chosen) > world.Reward(p.Rejected)));
    }

    [Fact]
    public void Minimal_pairs_differ_in_one_word_of_praise_that_became_blame()
    {
        foreach (var (_, chosen, rejected) in world.MinimalPairs(500, new RandomStreams(4).Rng("pairs")))
        {
            Assert.Equal(chosen.Length, rejected.Length);
            var place = Assert.Single(Enumerable.Range(0, chosen.Length), t => chosen[t] != rejected[t]);
            Assert.True(world.Values[chosen[place]] > 0 && world.Values[rejected[place]] < 0);
        }
    }

    [Fact]
    public void Flipped_labels_come_at_the_rate_and_change_nothing_else()
    {
        var pairs = world.CleanPairs(4000, new RandomStreams(5).Rng("pairs"));
        var noisy = LabelNoise.Flip(pairs, 0.3, new RandomStreams(5).Rng("flips"));

        var flipped = pairs.Zip(noisy, (p, q) => ReferenceEquals(p.Chosen, q.Rejected)).ToArray();
        Assert.Equal(0.3, flipped.Average(f => f ? 1.0 : 0.0), 0.03);
        Assert.All(pairs.Zip(noisy), both => Assert.Equal(Unordered(both.First), Unordered(both.Second)));
        Assert.Same(pairs[0].Prompt, noisy[0].Prompt);
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelNoise.Flip(pairs, 1.5, new Rng(1)));

        static HashSet<int[]> Unordered(TokenizedPair p) => [p.Chosen, p.Rejected];
    }

    [Fact]
    public void The_same_stream_draws_the_same_pairs()
    {
        string Drawn() => string.Join('\n', world.LengthBiasedPairs(50, new RandomStreams(6).Rng("pairs")).Select(p => $"{string.Join(' ', p.Chosen)}|{string.Join(' ', p.Rejected)}"));

        Assert.Equal(Drawn(), Drawn());
    }
}
