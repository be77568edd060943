using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class InstructionWorldTests
{
    private static readonly InstructionWorld World = new(new Rng(7));
    private readonly Rng rng = new(11);

    [Fact]
    public void The_score_is_minus_five_for_each_broken_rule_and_one_for_each_valued_quality()
    {
        var prompt = new InstructionTask(2, 3, [InstructionRule.Bullets, InstructionRule.EndWithSummary]);
        int[] Words(string text) => World.Tokenizer.Encode(text);
        double Qualities(int[] answer) => Enum.GetValues<InstructionQuality>().Count(q => World.Values(2, q) && World.Meets(answer, 6 + (int)q));

        var kept = Words("answer: - stew [1] in-sum");
        var one = Words("stew answer: - [1]");
        var none = Words("stew answer: please");

        Assert.Equal(InstructionWorld.ValuedQualities, Enum.GetValues<InstructionQuality>().Count(q => World.Values(2, q)));
        Assert.Equal(Qualities(kept), World.Score(prompt, kept));
        Assert.Equal(Qualities(one) - 5, World.Score(prompt, one));
        Assert.Equal(Qualities(none) - 10, World.Score(prompt, none));
        Assert.True(World.Meets(kept, 6 + (int)InstructionQuality.AnswerFirst) && World.Meets(kept, 6 + (int)InstructionQuality.Evidence));
        Assert.False(World.Meets(one, 6 + (int)InstructionQuality.AnswerFirst) || World.Meets(none, 6 + (int)InstructionQuality.Evidence));
    }

    [Fact]
    public void Length_goes_with_quality_in_ordinary_pairs_and_against_it_in_traps()
    {
        double Longer(Func<InstructionPair> draw) => Enumerable.Range(0, 2000).Select(_ => draw()).Average(p => Math.Sign(p.Better.Length - p.Worse.Length));

        Assert.True(Longer(() => World.Pair(World.Prompt(rng), rng, noisy: false)) > 0.1);
        Assert.Equal(-1, Longer(() => World.Trap(rng)));
        var trap = World.Trap(rng);
        Assert.Contains(trap.Prompt.Rules, rule => World.Meets(trap.Better, (int)rule) && !World.Meets(trap.Worse, (int)rule));
    }

    [Fact]
    public void Training_never_shows_a_held_out_combination_and_labels_err_only_when_asked_to()
    {
        Assert.DoesNotContain(Enumerable.Range(0, 2000).Select(_ => World.Prompt(rng)), World.IsHeldOut);
        Assert.All(Enumerable.Range(0, 200).Select(_ => World.Prompt(rng, held: true)), prompt => Assert.True(World.IsHeldOut(prompt)));
        double Right(bool noisy) => Enumerable.Range(0, 2000).Select(_ => World.Pair(World.Prompt(rng), rng, noisy))
            .Average(p => World.Score(p.Prompt, p.Better) > World.Score(p.Prompt, p.Worse) ? 1.0 : 0);
        Assert.Equal(1, Right(noisy: false));
        Assert.InRange(Right(noisy: true), 0.8, 0.99);
    }

    [Fact]
    public void Answers_and_prompts_stay_within_their_limits_and_criteria_have_tokens_of_their_own()
    {
        for (var i = 0; i < 2000; i++)
        {
            var prompt = World.Prompt(rng);
            Assert.InRange(World.Tokens(prompt).Length, 3, InstructionWorld.MaxPrompt);
            Assert.InRange(World.Answer(prompt, rng.NextDouble(), rng.NextDouble(), rng).Length, 2, InstructionWorld.MaxAnswer);
        }
        Assert.Equal(Enumerable.Range(0, InstructionWorld.Criteria), Enumerable.Range(0, InstructionWorld.Criteria).Select(c => World.CriterionOf(World.CriterionToken(c))));
        Assert.Equal(-1, World.CriterionOf(World.Separator));
    }
}
