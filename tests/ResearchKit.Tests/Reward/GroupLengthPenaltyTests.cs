using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class GroupLengthPenaltyTests
{
    // Group 1: correct answers of 8 and 12 tokens, so the target is 10; group 2: none correct.
    private static readonly Tensor Lengths = tensor([8.0, 12, 5, 30, 1, 2, 3, 4], [2, 4]);
    private static readonly Tensor Rewards = tensor([1.0, 0.6, 0.5, 0, 0.1, 0.2, 0.3, 0.59], [2, 4]);

    [Theory]
    [InlineData(LengthPenaltyMode.TwoSided, new[] { -0.1, -0.1, -0.25, -0.5 })]
    [InlineData(LengthPenaltyMode.ShortOnly, new[] { -0.1, 0, -0.25, 0 })]
    [InlineData(LengthPenaltyMode.LongOnly, new[] { 0, -0.1, 0, -0.5 })]
    public void Distance_from_the_correct_answers_mean_length_costs_up_to_the_maximum(LengthPenaltyMode mode, double[] expected)
    {
        var penalties = GroupLengthPenalty.Compute(Lengths, Rewards, maximum: 0.5, threshold: 0.6, mode).Values();

        Vectors.AssertClose([[.. expected, 0, 0, 0, 0]], [penalties], 1e-12);
    }

    [Fact]
    public void The_two_sides_add_up_to_the_two_sided_one()
    {
        Tensor Of(LengthPenaltyMode mode) => GroupLengthPenalty.Compute(Lengths, Rewards, 0.5, 0.6, mode);

        Vectors.AssertClose([Of(LengthPenaltyMode.TwoSided).Values()], [(Of(LengthPenaltyMode.ShortOnly) + Of(LengthPenaltyMode.LongOnly)).Values()], 1e-12);
        Assert.Throws<ArgumentException>(() => GroupLengthPenalty.Compute(zeros(2, 4), Rewards, 0.5, 0.6));
    }
}
