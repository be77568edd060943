using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class ConfoundedWorldTests
{
    private readonly ConfoundedWorld world = new(new RandomStreams(1).Rng("world"));
    private readonly Rng rng = new RandomStreams(1).Rng("draws");

    [Fact]
    public void Answers_read_back_as_they_were_written_and_fit_the_length()
    {
        Assert.Equal(46, world.Tokenizer.VocabSize);
        for (var i = 0; i < 2000; i++)
        {
            var query = world.Query(rng);
            var answer = world.Written(query, StyleLaw.Independent, rng);

            Assert.Equal(answer, world.Write(world.ReadAnswer(answer)));
            Assert.Equal(world.Tokenizer.EosId, answer[^1]);
            Assert.InRange(query.Length + answer.Length, 7, ConfoundedWorld.MaxLength);
            Assert.InRange(world.Reward(query, answer), ConfoundedWorld.OffTopic, 2);
        }
    }

    [Fact]
    public void The_reward_counts_right_wrong_and_missing_values_and_nothing_off_the_topic()
    {
        int[] query = world.Tokenizer.Encode("oak size use");
        int Right(int key) => world.Fact(1, key);
        int[] Answer(int subject, params (int, int)[] clauses) => world.Write(new ConfoundedAnswer(subject, clauses, false, false, [], false));

        Assert.Equal(2, world.Reward(query, Answer(2, (0, Right(0)), (3, Right(3)))));
        Assert.Equal(0, world.Reward(query, Answer(3, (0, Right(0)), (3, (Right(3) + 1) % 6))));
        Assert.Equal(1, world.Reward(query, Answer(2, (3, Right(3)))));
        Assert.Equal(-1, world.Reward(query, Answer(2, (3, (Right(3) + 1) % 6))));
        Assert.Equal(ConfoundedWorld.OffTopic, world.Reward(query, Answer(4, (0, Right(0)), (3, Right(3)))));
    }

    [Theory]
    [InlineData(StyleLaw.Confounded, 1)]
    [InlineData(StyleLaw.Independent, 0)]
    [InlineData(StyleLaw.Reversed, -1)]
    public void Style_goes_with_the_better_answer_with_neither_or_with_the_worse(StyleLaw law, int sign)
    {
        double Longer(StyleLaw at) => Enumerable.Range(0, 3000).Select(_ => world.Pair(at, rng)).Average(p => Math.Sign(world.ReadAnswer(p.Chosen).Filler.Count - world.ReadAnswer(p.Rejected).Filler.Count));
        var taste = Longer(law);

        if (sign == 0) Assert.InRange(taste, -0.06, 0.06);
        else Assert.InRange(sign * taste, 0.15, 0.7);
    }

    [Fact]
    public void Labels_are_right_in_tests_and_noisy_in_training()
    {
        double Right(bool noisy) => Enumerable.Range(0, 2000).Select(_ => world.Pair(StyleLaw.Confounded, rng, noisy))
            .Average(p => world.Reward(p.Prompt, p.Chosen) > world.Reward(p.Prompt, p.Rejected) ? 1.0 : 0.0);

        Assert.Equal(1, Right(noisy: false));
        Assert.InRange(Right(noisy: true), 0.9, 0.97);
    }

    [Fact]
    public void Style_never_touches_the_reward_under_any_query()
    {
        for (var i = 0; i < 500; i++)
        {
            int[] query = world.Query(rng), answer = world.Written(query, StyleLaw.Independent, rng), other = world.Query(rng);
            foreach (var feature in ConfoundedStyle.Interventions(world))
            {
                foreach (var on in new[] { true, false })
                {
                    var set = feature.Set(answer, on, rng);
                    Assert.Equal(on, feature.Holds(set));
                    Assert.Equal((world.Reward(query, answer), world.Reward(other, answer)), (world.Reward(query, set), world.Reward(other, set)));
                }
            }
            foreach (var change in ConfoundedStyle.Transformations(world)) Assert.Equal(world.Reward(query, answer), world.Reward(query, change.Apply(answer, rng)));
        }
    }

    [Theory]
    [InlineData(Drift.None, 0, 0, 0)]
    [InlineData(Drift.Random, 0.5, 0.15, 0.35)]
    [InlineData(Drift.Correlated, 0.5, 0.35, 0.65)]
    public void Drift_moves_style_with_its_probability_and_never_the_direction_of_the_edit(Drift drift, double probability, double fewest, double most)
    {
        var editor = new ConfoundedEditor(world, drift, probability);
        var (edits, moved, up) = (0, 0, 0);
        for (var i = 0; i < 1500; i++)
        {
            int[] query = world.Query(rng), plain = ConfoundedStyle.Dress(world, world.Written(query, StyleLaw.Confounded, rng), false, rng);
            foreach (var attribute in editor.Attributes)
            {
                if (editor.Upgrade(query, plain, attribute, rng) is not { } better) continue;
                edits++;
                if (world.ReadAnswer(better).Polite) moved++;
                if (world.Reward(query, better) > world.Reward(query, plain)) up++;
                if (editor.Degrade(query, plain, attribute, rng) is { } worse) Assert.True(world.Reward(query, worse) < world.Reward(query, plain));
            }
        }
        Assert.Equal(edits, up);
        Assert.InRange(moved / (double)edits, fewest, most);
        Assert.Throws<ArgumentException>(() => editor.Level(world.Query(rng), world.Written(world.Query(rng), StyleLaw.Reversed, rng), "style"));
    }
}
