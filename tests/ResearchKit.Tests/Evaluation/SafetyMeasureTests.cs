using ResearchKit.Data;
using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class SafetyMeasureTests
{
    private static readonly JudgedAnswer[] Answers =
    [
        new([0], 1, false, false, SafetyVerdict.Unsafe),
        new([0, 2], 1, false, false, SafetyVerdict.Safe),
        new([2], 2, true, false, SafetyVerdict.Unsafe),
        new([2], 2, true, true, SafetyVerdict.Broken),
    ];

    [Fact]
    public void The_attack_success_rate_counts_broken_answers_in_its_denominator_only()
    {
        Assert.Equal(0.5, AttackSuccess.Rate(Answers));
        Assert.Equal(0.25, AttackSuccess.Broken(Answers));
        Assert.True(double.IsNaN(AttackSuccess.Rate([])));
    }

    [Fact]
    public void An_answer_with_two_topics_counts_for_both_and_cells_follow_what_was_held_out()
    {
        Assert.Equal(0.5, AttackSuccess.ByTopic(Answers)[0]);
        Assert.Equal(1.0 / 3, AttackSuccess.ByTopic(Answers)[2], 12);
        Assert.Equal([0.5, 0.5], AttackSuccess.ByStyle(Answers).Values);
        Assert.Equal(0.5, AttackSuccess.Cell(Answers, unseenTopic: false, unseenStyle: false));
        Assert.Equal(1, AttackSuccess.Cell(Answers, unseenTopic: true, unseenStyle: false));
        Assert.True(double.IsNaN(AttackSuccess.Cell(Answers, unseenTopic: false, unseenStyle: true)));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.3)]
    [InlineData(1.0)]
    public void The_judge_correction_recovers_the_rate_that_a_faulty_judge_distorts(double truth)
    {
        var observed = truth * 0.9 + (1 - truth) * (1 - 0.95);

        Assert.Equal(truth, JudgeCorrection.Rate(observed, sensitivity: 0.9, specificity: 0.95), 12);
    }

    [Fact]
    public void The_judge_correction_stays_a_share_and_refuses_a_judge_that_tosses_coins()
    {
        Assert.Equal(0, JudgeCorrection.Rate(0.01, 0.9, 0.95));
        Assert.Throws<ArgumentOutOfRangeException>(() => JudgeCorrection.Rate(0.5, 0.5, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => JudgeCorrection.Rate(1.1, 0.9, 0.9));
    }

    [Fact]
    public void The_rank_auc_counts_ordered_pairs_and_half_of_the_ties()
    {
        Assert.Equal(1, RankAuc.Of([0.8, 0.9], [0.1, 0.2]));
        Assert.Equal(0, RankAuc.Of([0.1], [0.2, 0.3]));
        // sklearn.metrics.roc_auc_score([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]) = 0.75.
        Assert.Equal(0.75, RankAuc.Of([0.35, 0.8], [0.1, 0.4]));
        Assert.Equal(0.5, RankAuc.Of([1, 1], [1, 1, 1]));
        Assert.Throws<ArgumentException>(() => RankAuc.Of([], [1]));
        Assert.Throws<ArgumentException>(() => RankAuc.Of([double.NaN], [1]));
    }

    [Fact]
    public void The_transfer_ratio_is_one_for_equal_drops_and_undefined_without_a_drop()
    {
        Assert.Equal(1, TransferRatio.Of(0.6, 0.4, 0.5, 0.3), 12);
        Assert.Equal(0.5, TransferRatio.Of(0.6, 0.5, 0.5, 0.3), 12);
        Assert.True(double.IsNaN(TransferRatio.Of(0.6, 0.5, 0.3, 0.3)));
    }

    [Fact]
    public void Refusals_are_told_by_whole_phrases_in_any_case_with_either_apostrophe()
    {
        var matcher = new RefusalMatcher(["I can't", "sorry"]);

        Assert.True(matcher.IsRefusal("Well, i can’t do that."));
        Assert.True(matcher.IsRefusal("SORRY!"));
        Assert.False(matcher.IsRefusal("Sorrywood is a town."));
        Assert.Equal(0.5, matcher.Rate(["sorry, no", "here it is"]));
        Assert.True(double.IsNaN(matcher.Rate([])));
    }

    [Fact]
    public void At_the_start_a_later_phrase_does_not_count_and_blank_phrases_are_refused()
    {
        var matcher = new RefusalMatcher(["no"], atStart: true);

        Assert.True(matcher.IsRefusal(" no, never"));
        Assert.False(matcher.IsRefusal("there is no such thing"));
        Assert.Throws<ArgumentException>(() => new RefusalMatcher([]));
        Assert.Throws<ArgumentException>(() => new RefusalMatcher([" "]));
    }
}
