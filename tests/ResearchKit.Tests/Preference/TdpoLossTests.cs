using CsCheck;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class TdpoLossTests
{
    // ρ_w, ρ_l in either sign, D_w, D_l not negative.
    private static readonly Gen<(double[][] Inputs, double Beta, double Alpha)> Pairs = Gen.Select(
        Gen.Double[-5, 5].Array[3], Gen.Double[-5, 5].Array[3], Gen.Double[0, 4].Array[3], Gen.Double[0, 4].Array[3], Gen.Double[0.01, 2], Gen.Double[0, 2],
        (w, l, dw, dl, beta, alpha) => (new[] { w, l, dw, dl }, beta, alpha));

    private static PreferenceLoss Compute(double[][] x, double beta, double alpha, TdpoVariant variant) =>
        TdpoLoss.Compute(tensor(x[0]), tensor(x[1]), tensor(x[2]), tensor(x[3]), beta, alpha, variant);

    private static double[][] Gradients((double[][] Inputs, double Beta, double Alpha) pair, TdpoVariant variant) => Vectors.Gradients(
        pair.Inputs, x => TdpoLoss.Compute(x[0], x[1], x[2], x[3], pair.Beta, pair.Alpha, variant).Losses.mean());

    [Fact]
    public void Tdpo1_swapped_flips_its_margin_and_mirrors_its_loss() => Pairs.Holds(
        60, pair =>
        {
            using var scope = NewDisposeScope();
            var (straight, swapped) = (
                Compute(pair.Inputs, pair.Beta, 0, TdpoVariant.Tdpo1),
                Compute([pair.Inputs[1], pair.Inputs[0], pair.Inputs[3], pair.Inputs[2]], pair.Beta, 0, TdpoVariant.Tdpo1));
            var margin = straight.ChosenRewards - straight.RejectedRewards;
            Vectors.AssertClose(
                [(-margin).Values(), (straight.Losses + margin).Values()],
                [(swapped.ChosenRewards - swapped.RejectedRewards).Values(), swapped.Losses.Values()], 1e-9);
        });

    [Fact]
    public void With_alpha_zero_Tdpo2_is_Dpo_in_value_and_gradient() => Pairs.Holds(
        30, pair =>
        {
            using var scope = NewDisposeScope();
            Tensor Tdpo(Tensor[] x) => TdpoLoss.Compute(x[0], x[1], tensor(pair.Inputs[2]), tensor(pair.Inputs[3]), pair.Beta, 0, TdpoVariant.Tdpo2).Losses.mean();
            Tensor Dpo(Tensor[] x) => DpoLoss.Compute(x[0], x[1], zeros_like(x[0]), zeros_like(x[0]), pair.Beta).Losses.mean();
            Assert.Equal(Dpo([tensor(pair.Inputs[0]), tensor(pair.Inputs[1])]).item<double>(), Tdpo([tensor(pair.Inputs[0]), tensor(pair.Inputs[1])]).item<double>(), 12);
            Vectors.AssertClose(Vectors.Gradients(pair.Inputs[..2], Dpo), Vectors.Gradients(pair.Inputs[..2], Tdpo), 1e-12);
        });

    [Fact]
    public void Adding_a_constant_to_both_log_ratios_or_to_both_divergences_changes_nothing() => Gen.Select(Pairs, Gen.Double[-9, 9]).Holds(
        40, (pair, shift) =>
        {
            using var scope = NewDisposeScope();
            double[] Move(double[] values) => [.. values.Select(value => value + shift)];
            foreach (var variant in new[] { TdpoVariant.Tdpo1, TdpoVariant.Tdpo2 })
            {
                var still = Compute(pair.Inputs, pair.Beta, pair.Alpha, variant).Losses.Values();
                var ratios = Compute([Move(pair.Inputs[0]), Move(pair.Inputs[1]), pair.Inputs[2], pair.Inputs[3]], pair.Beta, pair.Alpha, variant).Losses.Values();
                var divergences = Compute([pair.Inputs[0], pair.Inputs[1], Move(pair.Inputs[2]), Move(pair.Inputs[3])], pair.Beta, pair.Alpha, variant).Losses.Values();
                Vectors.AssertClose([still, still], [ratios, divergences], 1e-9);
            }
        });

    [Fact]
    public void As_beta_goes_to_zero_and_for_equal_answers_the_loss_is_log_two() => Pairs.Holds(
        40, pair =>
        {
            using var scope = NewDisposeScope();
            foreach (var variant in new[] { TdpoVariant.Tdpo1, TdpoVariant.Tdpo2 })
            {
                Assert.All(Compute(pair.Inputs, 1e-9, pair.Alpha, variant).Losses.Values(), loss => Assert.Equal(Math.Log(2), loss, 1e-6));
                double[][] equal = [pair.Inputs[0], pair.Inputs[0], pair.Inputs[2], pair.Inputs[2]];
                Assert.All(Compute(equal, pair.Beta, pair.Alpha, variant).Losses.Values(), loss => Assert.Equal(Math.Log(2), loss, 1e-12));
            }
        });

    [Fact]
    public void Tdpo2_stops_the_gradient_of_the_chosen_divergence_and_Tdpo1_pushes_it_up() => Pairs.Holds(
        60, pair =>
        {
            var (one, two) = (Gradients(pair, TdpoVariant.Tdpo1), Gradients(pair, TdpoVariant.Tdpo2));
            Assert.All(two[2], value => Assert.Equal(0, value));
            Assert.All(one[2], value => Assert.True(value < 0));
            // The rejected side is a penalty in both.
            Assert.All(two[3], value => Assert.True(value >= 0));
            Assert.All(one[3], value => Assert.True(value > 0));
        });

    [Fact]
    public void Gradients_raise_the_chosen_and_lower_the_rejected_log_ratio() => Pairs.Holds(
        40, pair =>
        {
            foreach (var variant in new[] { TdpoVariant.Tdpo1, TdpoVariant.Tdpo2 })
            {
                var gradients = Gradients(pair, variant);
                Assert.All(gradients[0], value => Assert.True(value < 0));
                Vectors.AssertClose([gradients[0]], [gradients[1].Select(value => -value).ToArray()], 1e-15);
            }
        });

    [Fact]
    public void Gradients_equal_finite_differences_the_stopped_one_apart() => Pairs.Holds(
        15, pair =>
        {
            foreach (var variant in new[] { TdpoVariant.Tdpo1, TdpoVariant.Tdpo2 })
            {
                var numeric = Vectors.FiniteDifferences(
                    pair.Inputs, x => TdpoLoss.Compute(x[0], x[1], x[2], x[3], pair.Beta, pair.Alpha, variant).Losses.mean());
                if (variant is TdpoVariant.Tdpo2) numeric[2] = [0, 0, 0];
                Vectors.AssertClose(numeric, Gradients(pair, variant), 1e-8);
            }
        });

    [Theory]
    [InlineData(TdpoVariant.Tdpo1)]
    [InlineData(TdpoVariant.Tdpo2)]
    public void A_huge_margin_leaves_loss_and_gradients_finite(TdpoVariant variant)
    {
        foreach (var margin in new[] { 1e6, -1e6, 1e300 })
        {
            var gradients = Vectors.Gradients([[margin], [0], [3], [7]], x => TdpoLoss.Compute(x[0], x[1], x[2], x[3], 0.1, 0.5, variant).Losses.mean());
            Assert.All(gradients.SelectMany(values => values), value => Assert.True(double.IsFinite(value)));
            Assert.True(double.IsFinite(Compute([[margin], [0], [3], [7]], 0.1, 0.5, variant).Losses.item<double>()));
        }
    }

    [Fact]
    public void Rewards_are_summed_advantages_without_alpha_and_carry_no_gradient()
    {
        var loss = TdpoLoss.Compute(Vectors.Of(2).requires_grad_(true), Vectors.Of(-1), Vectors.Of(3), Vectors.Of(5), 0.1, 0.7, TdpoVariant.Tdpo2);

        Assert.Equal(0.5, loss.ChosenRewards.item<double>(), 14);
        Assert.Equal(0.4, loss.RejectedRewards.item<double>(), 14);
        Assert.False(loss.ChosenRewards.requires_grad);
        // z = 3 − 0.7 (5 − 3) = 1.6, loss = log(1 + e^−0.16).
        Assert.Equal(Math.Log(1 + Math.Exp(-0.16)), loss.Losses.item<double>(), 14);
    }

    [Fact]
    public void A_negative_alpha_and_an_unknown_variant_are_refused()
    {
        var x = zeros(2);

        Assert.Throws<ArgumentOutOfRangeException>(() => TdpoLoss.Compute(x, x, x, x, 0.1, -0.1, TdpoVariant.Tdpo2));
        Assert.Throws<ArgumentOutOfRangeException>(() => TdpoLoss.Compute(x, x, x, x, 0.1, 0.5, (TdpoVariant)7));
    }
}
