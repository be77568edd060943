using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class DialogueWorldTests
{
    private readonly DialogueWorld world = new(new Rng(1));

    private int[] Ids(string text) => world.Tokenizer.Encode(text);

    [Fact]
    public void The_same_seed_gives_the_same_dialogues_and_another_other_facts()
    {
        Assert.Equal(world.Dialogue(new Rng(2)), new DialogueWorld(new Rng(1)).Dialogue(new Rng(2)));
        var other = new DialogueWorld(new Rng(3));
        Assert.Contains(Enumerable.Range(0, 50), seed => !world.Dialogue(new Rng((ulong)seed)).SequenceEqual(other.Dialogue(new Rng((ulong)seed))));
    }

    [Fact]
    public void Documents_answers_and_feedback_fit_their_limits()
    {
        var rng = new Rng(4);
        for (var i = 0; i < 2000; i++)
        {
            var turn = world.Ask(rng);
            var answer = world.Answer(turn, rng);
            Assert.InRange(answer.Length, 4, DialogueWorld.MaxAnswer);
            Assert.Equal(world.EndOfAnswer, answer[^1]);
            Assert.InRange(world.Dialogue(rng).Length, 10, DialogueWorld.MaxLength);
            Assert.InRange(world.FeedbackPrompt(turn, answer).Length + world.Feedback(world.Quality(turn, answer), rng).Length, 10, DialogueWorld.MaxLength);
        }
    }

    [Fact]
    public void Quality_reads_every_side_off_any_text()
    {
        var turn = new UserTurn(Topic: 0, Request: 0, Constraint: 2, Polite: false);
        var right = Enumerable.Range(1, 16).Select(v => $"v{v}").Single(v => world.Quality(turn, Ids(v)).Correct);
        AnswerQuality Of(string text) => world.Quality(turn, Ids(text));

        Assert.Equal(new AnswerQuality(true, true, true, true), Of($"bread coins {right} example imagine <user>"));
        Assert.Equal(3.5, Of($"bread coins {right} example imagine").Helpfulness);
        Assert.False(Of("coins pay").Understood);
        Assert.False(Of("something").Understood);
        Assert.False(Of(right == "v1" ? "v1 v2" : $"v1 {right}").Correct);
        Assert.False(Of("overall").Follows);
        Assert.True(world.Quality(turn with { Constraint = 0 }, Ids("well well well well well well <user>")).Follows);
        Assert.False(world.Quality(turn with { Constraint = 0 }, Ids("well well well well well well well")).Follows);
    }

    [Fact]
    public void Answers_are_good_on_each_side_about_as_often_as_not()
    {
        var rng = new Rng(5);
        var qualities = Enumerable.Range(0, 4000).Select(_ => world.Ask(rng) is var turn ? world.Quality(turn, world.Answer(turn, rng)) : null!).ToArray();

        for (var side = 0; side < 4; side++) Assert.InRange(qualities.Average(q => q.ByCategory[side] ? 1.0 : 0), 0.33, 0.6);
    }

    [Fact]
    public void How_often_users_react_is_the_topics_and_what_they_say_is_the_answers_the_moods_and_the_politeness()
    {
        var rng = new Rng(6);
        var texts = world.Reactions.SelectMany(set => set.Positive.Select(text => (text, Pleased: true)).Concat(set.Negative.Select(text => (text, Pleased: false))))
            .ToDictionary(item => string.Join(' ', item.text), item => item.Pleased);
        (double Reacts, double Pleased) Measure(int topic, bool good, bool polite)
        {
            var said = Enumerable.Range(0, 4000)
                .Select(_ => world.FollowUp(new UserTurn(topic, 0, 0, polite), new AnswerQuality(good, good, good, good), rng)[..^1])
                .Select(text => texts.TryGetValue(string.Join(' ', text), out var pleased) ? pleased : (bool?)null).ToArray();
            return (said.Average(p => p is null ? 0.0 : 1), said.Where(p => p is not null).Average(p => p!.Value ? 1.0 : 0));
        }
        foreach (var (topic, good, polite) in new[] { (0, true, false), (0, false, true), (11, true, false) })
        {
            var (reacts, pleased) = Measure(topic, good, polite);
            Assert.Equal(world.ReactionRate(topic), reacts, 0.04);
            Assert.Equal(1 / (1 + Math.Exp(-((good ? 2 : -2) + world.Mood(topic) + (polite ? 0.8 : 0)))), pleased, 0.04);
        }
        Assert.True(world.Mood(0) > 0 && world.Mood(11) < 0 && DialogueWorld.IsGrumpy(11));
    }

    [Fact]
    public void Feedback_has_the_wrong_sign_one_time_in_ten()
    {
        var rng = new Rng(7);
        var pleased = world.Reactions.SelectMany(set => set.Positive).Select(text => string.Join(' ', text)).ToHashSet();
        var share = Enumerable.Range(0, 4000).Average(_ => pleased.Contains(string.Join(' ', world.Feedback(new AnswerQuality(true, true, true, true), rng)[..^1])) ? 1.0 : 0);

        Assert.Equal(0.9, share, 0.02);
    }
}
