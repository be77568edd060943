using CsCheck;
using ResearchKit.Preference;
using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class BradleyTerryLossTests
{
    private const int Iterations = 60;
    private static readonly Gen<double[]> Rewards = Gen.Double[-20, 20].Array[8];

    [Fact]
    public void A_lead_of_one_costs_log_of_one_plus_e_to_minus_one() =>
        Assert.Equal(0.31326168751822286, BradleyTerryLoss.Compute(Vectors.Of(3), Vectors.Of(2)).item<double>(), 14);

    [Fact]
    public void On_implicit_rewards_it_is_the_DPO_loss() => Rewards.Holds(
        Iterations, v =>
        {
            using var scope = NewDisposeScope();
            var dpo = DpoLoss.Compute(tensor(v[..2]), tensor(v[2..4]), tensor(v[4..6]), tensor(v[6..]), beta: 0.3);
            Vectors.AssertClose([BradleyTerryLoss.Compute(dpo.ChosenRewards, dpo.RejectedRewards).Values()], [dpo.Losses.Values()], 1e-12);
        });

    [Fact]
    public void Without_centring_a_common_constant_changes_nothing_and_with_it_does() => Rewards.Holds(
        Iterations, v =>
        {
            using var scope = NewDisposeScope();
            Tensor w = tensor(v[..4]), l = tensor(v[4..]);
            Vectors.AssertClose([BradleyTerryLoss.Compute(w + 7, l + 7).Values()], [BradleyTerryLoss.Compute(w, l).Values()], 1e-9);
            double[] expected = [.. v[..4].Zip(v[4..], (a, b) => 0.01 * (Math.Pow(a + b + 14, 2) - Math.Pow(a + b, 2)))];
            var moved = BradleyTerryLoss.Compute(w + 7, l + 7, centering: 0.01) - BradleyTerryLoss.Compute(w, l, centering: 0.01);
            Vectors.AssertClose([moved.Values()], [expected], 1e-9);
        });

    [Fact]
    public void A_margin_is_a_lead_that_does_not_count() =>
        Assert.Equal(
            BradleyTerryLoss.Compute(Vectors.Of(2.5), Vectors.Of(1)).item<double>(),
            BradleyTerryLoss.Compute(Vectors.Of(3), Vectors.Of(1), margin: Vectors.Of(0.5)).item<double>(), 14);

    [Fact]
    public void Extreme_rewards_give_finite_losses()
    {
        Assert.Equal(2000, BradleyTerryLoss.Compute(Vectors.Of(-1000), Vectors.Of(1000)).item<double>(), 9);
        Assert.Equal(0, BradleyTerryLoss.Compute(Vectors.Of(1000), Vectors.Of(-1000)).item<double>(), 9);
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused()
    {
        var message = Assert.Throws<ArgumentException>(() => BradleyTerryLoss.Compute(zeros(3), zeros(3, 1))).Message;

        Assert.Contains("rejected has shape [3,1], chosen has [3]", message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BradleyTerryLoss.Compute(zeros(3), zeros(3), margin: zeros(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => BradleyTerryLoss.Compute(zeros(3), zeros(3), centering: -1));
        Assert.Throws<ArgumentException>(() => RewardMetrics.Of(zeros(3), zeros(2)));
    }
}
