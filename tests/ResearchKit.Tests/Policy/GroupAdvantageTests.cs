using CsCheck;
using ResearchKit.Policy;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class GroupAdvantageTests
{
    private const int Iterations = 60, Size = 4;

    // No two rewards of a group are alike, so no group lacks spread.
    private static readonly Gen<double[]> Rewards = Gen.Int[-9, 9].Array[3 * Size].Select(r => (double[])[.. r.Select((x, i) => x + 0.37 * (i % 2) + 0.11 * (i % Size))]);

    [Fact]
    public void Leave_one_out_is_the_loop_over_siblings() => Rewards.Holds(Iterations, r =>
    {
        using var scope = NewDisposeScope();
        double[] expected = [.. r.Select((own, i) => own - r.Where((_, j) => j != i && j / Size == i / Size).Average())];
        Vectors.AssertClose([expected], [LeaveOneOutAdvantage.Compute(tensor(r), Size).Values()], 1e-12);
    });

    [Fact]
    public void Leave_one_out_is_the_undivided_group_advantage_scaled_and_both_sum_to_zero() => Rewards.Holds(Iterations, r =>
    {
        using var scope = NewDisposeScope();
        var mean = GroupRelativeAdvantage.Compute(tensor(r), Size, divideByDeviation: false);
        Vectors.AssertClose([(mean * Size / (Size - 1)).Values()], [LeaveOneOutAdvantage.Compute(tensor(r), Size).Values()], 1e-12);
        Assert.All(mean.view(-1, Size).sum(1).Values(), sum => Assert.Equal(0, sum, 1e-12));
    });

    [Fact]
    public void The_divided_group_advantage_is_blind_to_the_scale_and_place_of_rewards() => Rewards.Holds(Iterations, r =>
    {
        using var scope = NewDisposeScope();
        var plain = GroupRelativeAdvantage.Compute(tensor(r), Size, epsilon: 0);
        Vectors.AssertClose([plain.Values()], [GroupRelativeAdvantage.Compute(7 * tensor(r) - 3, Size, epsilon: 0).Values()], 1e-8);
        Assert.All(plain.view(-1, Size).square().sum(1).Values(), sum => Assert.Equal(Size - 1, sum, 1e-8));
    });

    [Fact]
    public void Answers_without_a_score_get_0_and_leave_the_others_as_if_they_were_not_there()
    {
        using var scope = NewDisposeScope();
        const double none = double.NaN;
        Tensor rewards = tensor([1, none, 3, none, 5, none, none, none]), scored = tensor([1.0, 3]);

        Assert.Equal([-2, 0, 2, 0, 0, 0, 0, 0], LeaveOneOutAdvantage.Compute(rewards, 4).Values());
        Assert.Equal([-1, 0, 1, 0, 0, 0, 0, 0], GroupRelativeAdvantage.Compute(rewards, 4, divideByDeviation: false).Values());
        var divided = GroupRelativeAdvantage.Compute(scored, 2).Values();
        Assert.Equal([divided[0], 0, divided[1], 0, 0, 0, 0, 0], GroupRelativeAdvantage.Compute(rewards, 4).Values());
    }

    [Fact]
    public void Reward_functions_add_up_over_those_that_could_score()
    {
        using var scope = NewDisposeScope();
        const double none = double.NaN;
        var sum = Scorable.WeightedSum(tensor([1, 2, 3, none, none, none], [3, 2]), tensor([1, 0.5]));

        Assert.Equal([2, 3, none], sum.Values());
        Assert.Throws<ArgumentException>(() => Scorable.WeightedSum(zeros(3, 2), zeros(3)));
    }

    [Fact]
    public void Groups_that_do_not_fill_are_refused()
    {
        Assert.Contains("[5]; [N] with N a multiple of the group size 2", Assert.Throws<ArgumentException>(() => LeaveOneOutAdvantage.Compute(zeros(5), 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupRelativeAdvantage.Compute(zeros(4), 1));
    }
}
