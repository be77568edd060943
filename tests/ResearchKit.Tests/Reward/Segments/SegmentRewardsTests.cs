using CsCheck;
using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward.Segments;

public sealed class SegmentRewardsTests
{
    private const int Comma = 8, Stop = 9, Eos = 2;

    [Theory]
    [InlineData(new[] { 5, 6, Comma, 5, Stop, Eos }, new[] { 2, 4 }, new[] { 4 })]
    [InlineData(new[] { 5, Comma, 6, Eos }, new[] { 1, 2 }, new[] { 2 })]
    [InlineData(new[] { 5, 6 }, new[] { 1 }, new[] { 1 })]
    [InlineData(new[] { Comma, Stop, Stop, 5, Stop, Comma, Eos }, new[] { 4 }, new[] { 1, 4, 5 })] // for sentences a comma is a word
    [InlineData(new[] { 5, Stop, Eos, 6, Stop }, new[] { 1 }, new[] { 1 })]
    [InlineData(new[] { Eos }, new int[0], new int[0])]
    public void Segments_end_where_their_last_token_stands(int[] answer, int[] clauses, int[] sentences)
    {
        Assert.Equal(clauses, SegmentEnds.Of(answer, [Comma, Stop], [Eos]));
        Assert.Equal(sentences, SegmentEnds.Of(answer, [Stop], [Eos]));
    }

    [Fact]
    public void Any_answer_has_rising_ends_before_its_stop_and_no_segment_is_empty() => Gen.Int[2, 9].Array[0, 20].Holds(200, answer =>
    {
        var ends = SegmentEnds.Of(answer, [Comma, Stop], [Eos]);
        var stop = Array.IndexOf(answer, Eos) is var at and >= 0 ? at : answer.Length;
        Assert.All(ends, end => Assert.InRange(end, 0, stop - 1));
        Assert.Equal(ends.Order().Distinct(), ends);
        Assert.Equal(answer[..stop].Any(token => token is not (Comma or Stop)), ends.Length > 0);
        var from = 0;
        foreach (var end in ends)
        {
            Assert.Contains(answer[from..(end + 1)], token => token is not (Comma or Stop));
            from = end + 1;
        }
    });

    [Fact]
    public void Rewards_land_on_the_last_tokens_and_weights_add_them_up()
    {
        using var scope = NewDisposeScope();
        var clauses = SegmentRewards.Scatter([[1, 3], [], [2]], [[1, -1], [], [1]], width: 4);
        var sentences = SegmentRewards.Scatter([[3], [], [2]], [[1], [], [-1]], width: 4);
        var sum = SegmentRewards.Combine((clauses, 0.3), (sentences, 0.5)).to_type(ScalarType.Float64);

        Assert.Equal([0, 0.3, 0, 0.2, 0, 0, 0, 0, 0, 0, -0.2, 0], sum.Values().Select(r => Math.Round(r, 6)));
    }

    [Fact]
    public void Two_segments_that_end_on_one_token_are_both_paid() =>
        Assert.Equal(5f, SegmentRewards.Scatter([[0, 0]], [[2, 3]], 1).item<float>());

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Assert.Contains("answer 0 has 2 segments and 1 rewards", Assert.Throws<ArgumentException>(() => SegmentRewards.Scatter([[0, 1]], [[1]], 3)).Message, StringComparison.Ordinal);
        Assert.Contains("ends at token 3; the row has 3 tokens", Assert.Throws<ArgumentException>(() => SegmentRewards.Scatter([[3]], [[1]], 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SegmentRewards.Scatter([[0]], [], 3));
        Assert.Throws<ArgumentException>(() => SegmentRewards.Combine((zeros(1, 2), 1), (zeros(2, 1), 1)));
        Assert.Throws<ArgumentException>(() => SegmentRewards.Combine());
    }

    [Fact]
    public void Ratios_are_pooled_over_segments_not_averaged_over_answers()
    {
        Assert.Equal(0.25, PooledRatio.Of([[true], [false, false, false], []]));
        Assert.Equal(double.NaN, PooledRatio.Of([[]]));
    }
}
