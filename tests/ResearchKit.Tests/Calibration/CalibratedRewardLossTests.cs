using CsCheck;
using ResearchKit.Calibration;
using ResearchKit.Preference;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Calibration;

public sealed class CalibratedRewardLossTests
{
    private static readonly Gen<double[]> Rewards = Gen.Double[-8, 8].Array[12];

    private static ConfidenceRewards Of(Tensor[] x) => new(x[0], x[1], x[2], x[3]);

    [Fact]
    public void Gradients_are_the_derivatives_of_the_losses() => Rewards.Holds(20, v =>
    {
        double[][] inputs = [v[..2], v[2..4], v[4..6], v[6..8], v[8..10], v[10..]];
        foreach (var loss in new Func<Tensor[], Tensor>[]
        {
            x => CalibratedRewardLoss.Pairwise(Of(x)).mean(), x => CalibratedRewardLoss.Combined(Of(x), x[4], x[5]).mean(),
            x => CalibratedRewardLoss.Crossed(Of(x)).mean(), x => CalibratedRewardLoss.KWise(Of(x)).mean(),
        }) Vectors.AssertClose(Vectors.FiniteDifferences(inputs, loss), Vectors.Gradients(inputs, loss), 1e-6);
    });

    [Fact]
    public void A_constant_added_to_both_levels_of_an_answer_changes_only_what_ranks_answers() => Rewards.Holds(40, v =>
    {
        using var scope = NewDisposeScope();
        Tensor[] x = [.. Enumerable.Range(0, 6).Select(i => tensor(v[(2 * i)..(2 * i + 2)]))];
        var moved = new ConfidenceRewards(x[0] + 3, x[1] + 3, x[2], x[3]);
        Vectors.AssertClose([CalibratedRewardLoss.Pairwise(Of(x)).Values()], [CalibratedRewardLoss.Pairwise(moved).Values()], 1e-9);
        Assert.True((CalibratedRewardLoss.KWise(moved) - CalibratedRewardLoss.KWise(Of(x))).abs().min().item<double>() > 1e-6);
    });

    [Fact]
    public void The_whole_ranking_of_two_is_the_pairs_loss_and_equal_rewards_cost_the_log_of_all_orders()
    {
        Assert.Equal(DpoLoss.Compute(Vectors.Of(1.5), Vectors.Of(-0.5), Vectors.Of(0), Vectors.Of(0), beta: 1).Losses.item<double>(), KWiseLoss.Compute(tensor(new[,] { { 1.5, -0.5 } })).item<double>(), 12);
        Assert.Equal(Math.Log(24), KWiseLoss.Compute(zeros(1, 4, ScalarType.Float64)).item<double>(), 12);
        Assert.Equal(1000, KWiseLoss.Compute(tensor(new[,] { { -500.0, 500 } })).item<double>(), 9);
    }

    [Fact]
    public void Implicit_rewards_bear_beta_once()
    {
        using var scope = NewDisposeScope();
        Tensor policy = Vectors.Normal(1, 3, 4), reference = Vectors.Normal(2, 3, 4);
        var (losses, rewards) = KWiseDpoLoss.Compute(policy, reference, 0.3);
        Vectors.AssertClose([(0.3 * (policy - reference)).Values()], [rewards.Values()], 1e-12);
        Vectors.AssertClose([KWiseLoss.Compute(rewards).Values()], [losses.Values()], 1e-12);
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused()
    {
        Assert.Contains("RejectedLow has shape [1], ChosenHigh has [3]", Assert.Throws<ArgumentException>(
            () => CalibratedRewardLoss.Pairwise(new(zeros(3), zeros(3), zeros(3), zeros(1)))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => CalibratedRewardLoss.Combined(new(zeros(3), zeros(3), zeros(3), zeros(3)), zeros(3), zeros(1)));
        Assert.Throws<ArgumentException>(() => CalibratedRewardLoss.Pairwise(new(zeros(3), zeros(3), zeros(3), zeros(3)), margin: zeros(1)));
        Assert.Throws<ArgumentException>(() => KWiseLoss.Compute(zeros(3)));
        Assert.Throws<ArgumentException>(() => KWiseDpoLoss.Compute(zeros(3, 4), zeros(3, 1), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KWiseDpoLoss.Compute(zeros(3, 4), zeros(3, 4), 0));
    }
}
