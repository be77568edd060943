using ResearchKit.Reward;

namespace ResearchKit.Tests.Reward;

public sealed class RubricTests
{
    private static readonly Rubric Rubric = new(
    [
        new(CriterionKind.Principle, "cites evidence", 3), new(CriterionKind.HardRule, "bullets"),
        new(CriterionKind.HardRule, "at most 12 words", 2), new(CriterionKind.Principle, "polite"),
    ]);

    [Fact]
    public void The_gatekeeper_is_the_weightiest_hard_rule() => Assert.Equal(2, Rubric.Gatekeeper);

    [Theory]
    [InlineData("1111", 1)]
    [InlineData("0010", 2 / 7.0)]
    [InlineData("1101", 0)]
    public void A_reward_is_the_weighted_share_of_what_is_met_unless_the_gatekeeper_fails(string met, double expected) =>
        Assert.Equal(expected, RubricReward.Score(Rubric, Checks(met)), 1e-12);

    [Theory]
    [InlineData("0010", "1101", JudgeVerdict.First)]
    [InlineData("1011", "0110", JudgeVerdict.Second)]
    [InlineData("1010", "0011", JudgeVerdict.First)]
    [InlineData("0111", "0111", JudgeVerdict.None)]
    public void The_gatekeeper_decides_first_then_hard_rules_then_principles(string first, string second, JudgeVerdict expected)
    {
        Assert.Equal(expected, RubricReward.Compare(Rubric, Checks(first), Checks(second)));
        var mirrored = expected switch { JudgeVerdict.First => JudgeVerdict.Second, JudgeVerdict.Second => JudgeVerdict.First, _ => JudgeVerdict.None };
        Assert.Equal(mirrored, RubricReward.Compare(Rubric, Checks(second), Checks(first)));
    }

    [Fact]
    public void A_rubric_that_says_nothing_is_refused()
    {
        Assert.Equal(-1, new Rubric([new(CriterionKind.Principle, "polite")]).Gatekeeper);
        Assert.Throws<ArgumentException>(() => new Rubric([]));
        Assert.Throws<ArgumentException>(() => new Rubric([new(CriterionKind.Principle, "polite", 0)]));
        Assert.Contains("3 checks for 4 criteria", Assert.Throws<ArgumentException>(() => RubricReward.Score(Rubric, Checks("111"))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.7, 0)]
    public void A_rubric_below_the_threshold_keeps_no_pair_and_one_above_keeps_those_judged_rightly(double threshold, int kept)
    {
        // Of three pairs 0 ≻ 1 and 0 ≻ 2 are judged rightly, 1 ≻ 2 is not.
        var outcome = PreferenceLabelConsistency.Of(3, (a, _) => a == 0 ? JudgeVerdict.First : JudgeVerdict.None, threshold);

        Assert.Equal(2 / 3.0, outcome.Accuracy, 1e-12);
        Assert.Equal(kept, outcome.Kept.Count);
        Assert.DoesNotContain((1, 2), outcome.Kept);
    }

    [Theory]
    [InlineData("FSF", JudgeVerdict.First)]
    [InlineData("FSNNS", JudgeVerdict.Second)]
    [InlineData("FSN", JudgeVerdict.None)]
    [InlineData("", JudgeVerdict.None)]
    public void The_majority_decides_and_what_does_not_parse_has_no_vote(string votes, JudgeVerdict expected) =>
        Assert.Equal(expected, MajorityVote.Of([.. votes.Select(vote => vote switch { 'F' => JudgeVerdict.First, 'S' => JudgeVerdict.Second, _ => JudgeVerdict.None })]));

    private static bool[] Checks(string met) => [.. met.Select(c => c == '1')];
}
