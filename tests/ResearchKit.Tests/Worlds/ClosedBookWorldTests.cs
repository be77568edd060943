using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class ClosedBookWorldTests
{
    private readonly ClosedBookWorld world = new(new Rng(1));

    [Fact]
    public void A_text_reads_as_question_answer_confidence_and_end()
    {
        var answer = new StatedAnswer(7, 2, 9);

        Assert.Equal("topic2 key8 ? value3 conf9 <eos>", world.Tokenizer.Decode([.. world.Prompt(7), .. world.Response(answer)], skipSpecialTokens: false));
        Assert.Equal("value3 <eos>", world.Tokenizer.Decode(world.Response(answer with { Confidence = null }), skipSpecialTokens: false));
        Assert.Equal(ClosedBookWorld.MaxLength, world.Prompt(7).Length + world.Response(answer).Length);
        Assert.Equal(("value3", "conf9"), (world.Tokenizer.Decode([world.ValueIds[2]]), world.Tokenizer.Decode([world.ConfidenceIds[9]])));
        Assert.Throws<ArgumentOutOfRangeException>(() => world.Prompt(ClosedBookWorld.Questions));
    }

    [Fact]
    public void What_is_written_can_be_read_and_nothing_else()
    {
        foreach (var answer in new[] { new StatedAnswer(0, 0, 0), new StatedAnswer(47, 5, 10), new StatedAnswer(20, 3, null) })
        {
            Assert.Equal(answer, world.Read(world.Prompt(answer.Question), world.Response(answer)));
            Assert.Equal(answer, world.Read(world.Prompt(answer.Question), world.Response(answer)[..^1]));
        }
        foreach (var response in new[] { Array.Empty<int>(), [world.ConfidenceIds[3]], [world.ValueIds[0], world.ValueIds[0]], [world.ValueIds[0], world.ConfidenceIds[0], 5] })
            Assert.Contains("is no answer of this world", Assert.Throws<ArgumentException>(() => world.Read(world.Prompt(3), response)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writers_are_right_as_often_as_a_question_is_known_and_their_confidence_does_not_tell()
    {
        var rng = new Rng(2);
        foreach (var question in new[] { 0, 20, 30, 47 })
        {
            var answers = Enumerable.Range(0, 8000).Select(_ => world.Written(question, rng)).ToArray();
            Assert.Equal(world.KnownTo(question), answers.Average(a => world.IsRight(a) ? 1.0 : 0), 0.02);
            foreach (var right in new[] { true, false })
            {
                var stated = answers.Where(a => world.IsRight(a) == right).Select(a => (double)a.Confidence!).ToArray();
                if (stated.Length > 200) Assert.Equal(5.95, stated.Average(), 0.3);
            }
        }
    }

    [Fact]
    public void Harder_topics_are_known_less_and_checked_less()
    {
        double Known(int difficulty) => Enumerable.Range(0, ClosedBookWorld.Questions).Where(q => ClosedBookWorld.Difficulty(q) == difficulty).Average(world.KnownTo);

        Assert.All([(0, .95), (1, .75), (2, .45), (3, .15)], x => Assert.Equal(x.Item2, Known(x.Item1), 0.08));
        Assert.Equal([4, 2.5, 1, 0], new[] { 0, 12, 24, 36 }.Select(ClosedBookWorld.CheckedWeight));
    }

    [Fact]
    public void Annotators_prefer_what_they_can_check_and_a_confident_tone()
    {
        var rng = new Rng(3);
        var pairs = Enumerable.Range(0, 40_000).Select(_ => world.Pair(rng, stated: true)).ToArray();
        // Where one is right and the other wrong, at equal confidence: σ(4) of the easy ones, a half of the hard ones.
        double Right(int difficulty) => pairs.Where(p => ClosedBookWorld.Difficulty(p.Chosen.Question) == difficulty
            && world.IsRight(p.Chosen) != world.IsRight(p.Rejected) && Math.Abs(p.Chosen.Confidence!.Value - p.Rejected.Confidence!.Value) == 0).Average(p => world.IsRight(p.Chosen) ? 1.0 : 0);
        Assert.True(Right(0) > 0.9);
        Assert.Equal(0.5, Right(3), 0.07);

        var alike = pairs.Where(p => world.IsRight(p.Chosen) == world.IsRight(p.Rejected) && Math.Abs(p.Chosen.Confidence!.Value - p.Rejected.Confidence!.Value) == 2).ToArray();
        Assert.Equal(1 / (1 + Math.Exp(-0.6)), alike.Average(p => p.Chosen.Confidence > p.Rejected.Confidence ? 1.0 : 0), 0.03);
    }

    [Fact]
    public void Without_a_weight_on_tone_and_without_statements_confidence_plays_no_part()
    {
        var rng = new Rng(4);
        var deaf = new ClosedBookWorld(new Rng(1), tone: 0);
        var pairs = Enumerable.Range(0, 20_000).Select(_ => deaf.Pair(rng, stated: true)).Where(p => p.Chosen.Confidence != p.Rejected.Confidence);
        Assert.Equal(0.5, pairs.Average(p => p.Chosen.Confidence > p.Rejected.Confidence ? 1.0 : 0), 0.02);

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Null(world.Pair(rng, stated: false).Chosen.Confidence));
    }

    [Fact]
    public void A_pair_never_holds_one_text_twice()
    {
        var rng = new Rng(5);
        // Of some question every writer would know the answer, were the noise not capped; then no pair of it could be drawn.
        Assert.All(Enumerable.Range(0, 50), seed => Assert.All(Enumerable.Range(0, ClosedBookWorld.Questions), q => Assert.InRange(new ClosedBookWorld(new Rng((ulong)seed)).KnownTo(q), 0.01, 0.98)));
        foreach (var stated in new[] { true, false })
            Assert.All(Enumerable.Range(0, 2000).Select(_ => world.Pair(rng, stated)), pair => Assert.NotEqual(pair.Chosen, pair.Rejected));
    }

    [Fact]
    public void The_same_seed_gives_the_same_world()
    {
        var again = new ClosedBookWorld(new Rng(1));

        Assert.All(Enumerable.Range(0, ClosedBookWorld.Questions), q => Assert.Equal((world.Truth(q), world.KnownTo(q)), (again.Truth(q), again.KnownTo(q))));
    }
}
