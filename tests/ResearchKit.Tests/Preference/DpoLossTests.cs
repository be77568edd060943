using CsCheck;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class DpoLossTests
{
    private const int Iterations = 60;
    private static readonly Gen<double> LogProb = Gen.Double[-30, 0];
    private static readonly Gen<(double[] Values, double Beta)> Pairs =
        Gen.Select(LogProb.Array[12], Gen.Double[0.01, 3], (values, beta) => (values, beta));

    private static PreferenceLoss Compute(double[] v, double beta, double smoothing = 0) => DpoLoss.Compute(
        tensor(v[..3]), tensor(v[3..6]), tensor(v[6..9]), tensor(v[9..]), beta, smoothing);

    private static double[] Swap(double[] v) => [.. v[3..6], .. v[..3], .. v[9..], .. v[6..9]];

    private static double[] Margin(PreferenceLoss loss) => (loss.ChosenRewards - loss.RejectedRewards).Values();

    [Fact]
    public void A_margin_of_one_at_beta_one_costs_log_of_one_plus_e_to_minus_one()
    {
        var loss = DpoLoss.Compute(Vectors.Of(-1), Vectors.Of(-2), Vectors.Of(-3), Vectors.Of(-3), 1);

        Assert.Equal(0.31326168751822286, loss.Losses.item<double>(), 14);
        Assert.Equal(2, loss.ChosenRewards.item<double>(), 14);
        Assert.Equal(1, loss.RejectedRewards.item<double>(), 14);
    }

    [Fact]
    public void Swapping_the_answers_flips_the_margin_and_mirrors_the_loss() => Pairs.Holds(
        Iterations, pair =>
        {
            using var scope = NewDisposeScope();
            var straight = Compute(pair.Values, pair.Beta);
            var swapped = Compute(Swap(pair.Values), pair.Beta);
            var margins = Margin(straight);
            // −log σ(−m) = −log σ(m) + m
            var mirrored = straight.Losses.Values().Zip(margins, (loss, margin) => loss + margin).ToArray();
            Vectors.AssertClose([margins.Select(margin => -margin).ToArray(), mirrored], [Margin(swapped), swapped.Losses.Values()], 1e-9);
        });

    [Fact]
    public void Adding_a_constant_to_both_answers_changes_nothing() => Gen.Select(Pairs, Gen.Double[-50, 50]).Holds(
        Iterations, (pair, shift) =>
        {
            using var scope = NewDisposeScope();
            double[] moved = [.. pair.Values[..6].Select(value => value + shift), .. pair.Values[6..]];
            Vectors.AssertClose([Compute(pair.Values, pair.Beta).Losses.Values()], [Compute(moved, pair.Beta).Losses.Values()], 1e-9);
        });

    [Fact]
    public void As_beta_goes_to_zero_the_loss_goes_to_log_two() => Pairs.Holds(
        Iterations, pair =>
        {
            using var scope = NewDisposeScope();
            Assert.All(Compute(pair.Values, 1e-9).Losses.Values(), loss => Assert.Equal(Math.Log(2), loss, 1e-6));
        });

    [Fact]
    public void Equal_answers_cost_log_two_whatever_beta_and_smoothing() => Gen.Select(Pairs, Gen.Double[0, 0.49]).Holds(
        Iterations, (pair, smoothing) =>
        {
            using var scope = NewDisposeScope();
            double[] equal = [.. pair.Values[..3], .. pair.Values[..3], .. pair.Values[6..9], .. pair.Values[6..9]];
            Assert.All(Compute(equal, pair.Beta, smoothing).Losses.Values(), loss => Assert.Equal(Math.Log(2), loss, 1e-12));
        });

    [Theory]
    [InlineData(1e6)]
    [InlineData(-1e6)]
    [InlineData(1e300)]
    public void A_huge_margin_leaves_loss_and_gradient_finite(double margin)
    {
        using var scope = NewDisposeScope();
        var chosen = tensor(new[] { margin }).requires_grad_(true);
        var loss = DpoLoss.Compute(chosen, Vectors.Of(0), Vectors.Of(0), Vectors.Of(0), 0.1, 0.1).Losses.mean();
        loss.backward();

        Assert.True(double.IsFinite(loss.item<double>()));
        Assert.True(double.IsFinite(chosen.grad!.item<double>()));
    }

    [Fact]
    public void An_infinite_margin_in_the_right_direction_costs_nothing_and_teaches_nothing()
    {
        using var scope = NewDisposeScope();
        var rejected = tensor(new[] { double.NegativeInfinity }).requires_grad_(true);
        var loss = DpoLoss.Compute(Vectors.Of(-1), rejected, Vectors.Of(-1), Vectors.Of(-1), 0.1).Losses.mean();
        loss.backward();

        Assert.Equal(0, loss.item<double>());
        Assert.Equal(0, rejected.grad!.item<double>());
    }

    [Fact]
    public void The_gradient_raises_the_chosen_and_lowers_the_rejected_answer_by_as_much() => Pairs.Holds(
        Iterations, pair =>
        {
            var gradients = Vectors.Gradients([pair.Values[..3], pair.Values[3..6]], leaves => DpoLoss.Compute(
                leaves[0], leaves[1], tensor(pair.Values[6..9]), tensor(pair.Values[9..]), pair.Beta).Losses.mean());
            Assert.All(gradients[0], value => Assert.True(value <= 0));
            Vectors.AssertClose([gradients[0]], [gradients[1].Select(value => -value).ToArray()], 1e-15);
        });

    [Fact]
    public void Gradients_equal_finite_differences() => Pairs.Holds(
        20, pair =>
        {
            double[][] inputs = [pair.Values[..3], pair.Values[3..6]];
            Tensor Loss(Tensor[] x) => DpoLoss.Compute(x[0], x[1], tensor(pair.Values[6..9]), tensor(pair.Values[9..]), pair.Beta, 0.1).Losses.mean();
            Vectors.AssertClose(Vectors.FiniteDifferences(inputs, Loss), Vectors.Gradients(inputs, Loss), 1e-8);
        });

    [Fact]
    public void Smoothing_is_the_mixture_of_the_loss_and_the_loss_of_the_flipped_pair()
    {
        double[] values = [-1, -2, -3, -2, -2, -9, -4, -1, -3, -5, -2, -2];
        var (straight, flipped, smoothed) = (Compute(values, 0.5), Compute(Swap(values), 0.5), Compute(values, 0.5, 0.2));

        Vectors.AssertClose([(0.8 * straight.Losses + 0.2 * flipped.Losses).Values()], [smoothed.Losses.Values()], 1e-12);
    }

    [Fact]
    public void Rewards_carry_no_gradient()
    {
        var loss = DpoLoss.Compute(Vectors.Of(-1).requires_grad_(true), Vectors.Of(-2), Vectors.Of(-3), Vectors.Of(-3), 1);

        Assert.True(loss.Losses.requires_grad);
        Assert.False(loss.ChosenRewards.requires_grad);
        Assert.False(loss.RejectedRewards.requires_grad);
    }

    [Fact]
    public void Shapes_that_would_broadcast_and_impossible_settings_are_refused()
    {
        var (row, column) = (zeros(3), zeros(3, 1));

        Assert.Contains("policyRejected", Assert.Throws<ArgumentException>(() => DpoLoss.Compute(row, column, row, row, 0.1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => DpoLoss.Compute(row, row, row, row, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DpoLoss.Compute(row, row, row, row, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => DpoLoss.Compute(row, row, row, row, 0.1, 0.5));
    }

    [Fact]
    public void Ipo_is_zero_at_its_target_margin_and_quadratic_around_it()
    {
        // τ = 0.5: the target margin is 1.
        var loss = IpoLoss.Compute(Vectors.Of(-1, -1, -1), Vectors.Of(-2, -1, -4), Vectors.Of(0, 0, 0), Vectors.Of(0, 0, 0), 0.5);

        Vectors.AssertClose([[0, 1, 4]], [loss.Losses.Values()], 1e-12);
    }
}
