using CsCheck;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>What every pairwise loss over log-ratios must do, each on 12,288 pairs.</summary>
public sealed class PairLossPropertyTests
{
    private const int Batches = 3;
    private const int Pairs = 4096;

    private static readonly Gen<(ulong Seed, double Beta)> Cases = Gen.Select(Gen.ULong[1, 1_000_000], Gen.Double[0.05, 2]);

    public static TheoryData<string> Every() => [.. PairLossCases.All.Keys];

    public static TheoryData<string> OfTheMargin() => [.. PairLossCases.All.Where(entry => entry.Value.MarginOnly).Select(entry => entry.Key)];

    public static TheoryData<string> Monotone() => [.. PairLossCases.All.Where(entry => entry.Value.Monotone).Select(entry => entry.Key)];

    public static TheoryData<string> Vanishing() => [.. PairLossCases.All.Where(entry => entry.Value.Vanishes).Select(entry => entry.Key)];

    private static (Tensor Chosen, Tensor Rejected) Sample(ulong seed, double scale = 4) =>
        (scale * Vectors.Normal(seed, Pairs), scale * Vectors.Normal(seed + 1_000_003, Pairs));

    private static (Tensor Chosen, Tensor Rejected) Gradients(PairLossCase loss, Tensor chosen, Tensor rejected, double beta)
    {
        var (w, l) = (chosen.detach().clone().requires_grad_(true), rejected.detach().clone().requires_grad_(true));
        loss.Compute(w, l, beta).Losses.sum().backward();
        return (w.grad ?? zeros_like(w), l.grad ?? zeros_like(l));
    }

    private static void AssertClose(Tensor expected, Tensor actual, double tolerance)
    {
        var worst = ((actual - expected).abs() / (1 + expected.abs())).max().item<double>();
        Assert.True(worst <= tolerance, FormattableString.Invariant($"the worst difference is {worst}"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Swapping_the_answers_flips_the_sign_of_the_reward_margin(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = Sample(seed);
            var (straight, swapped) = (PairLossCases.All[name].Compute(w, l, beta), PairLossCases.All[name].Compute(l, w, beta));
            AssertClose(-(straight.ChosenRewards - straight.RejectedRewards), swapped.ChosenRewards - swapped.RejectedRewards, 1e-12);
            Assert.False(straight.ChosenRewards.requires_grad);
        });

    [Theory]
    [MemberData(nameof(OfTheMargin))]
    public void Shifting_both_log_ratios_by_a_constant_changes_nothing(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = Sample(seed);
            var shift = 20 * Vectors.Normal(seed + 5, Pairs);
            AssertClose(PairLossCases.All[name].Compute(w, l, beta).Losses, PairLossCases.All[name].Compute(w + shift, l + shift, beta).Losses, 1e-10);
        });

    [Theory]
    [MemberData(nameof(OfTheMargin))]
    public void Equal_answers_cost_the_same_whatever_their_log_ratio(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, _) = Sample(seed);
            AssertClose(full_like(w, PairLossCases.All[name].AtZero(beta)), PairLossCases.All[name].Compute(w, w, beta).Losses, 1e-12);
        });

    [Theory]
    [MemberData(nameof(Vanishing))]
    public void As_beta_goes_to_zero_the_answers_no_longer_matter(string name) => Cases.Holds(
        Batches, (seed, _) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = Sample(seed, scale: 1);
            const double tiny = 1e-9;
            var loss = PairLossCases.All[name];
            AssertClose(full_like(w, loss.AtZero(tiny)), loss.Compute(w, l, tiny).Losses, 1e-5);
        });

    [Theory]
    [MemberData(nameof(Monotone))]
    public void The_gradient_never_lowers_the_chosen_nor_raises_the_rejected_answer(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = Sample(seed);
            var (chosen, rejected) = Gradients(PairLossCases.All[name], w, l, beta);
            Assert.True(chosen.le(0).all().item<bool>());
            Assert.True(rejected.ge(0).all().item<bool>());
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Gradients_equal_finite_differences(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = Sample(seed, scale: 1.5);
            const double step = 1e-6;
            var loss = PairLossCases.All[name];
            Tensor At(double chosen, double rejected) => loss.Compute(w + chosen, l + rejected, beta).Losses;
            var (chosen, rejected) = Gradients(loss, w, l, beta);
            AssertClose((At(step, 0) - At(-step, 0)) / (2 * step), chosen, 1e-6);
            AssertClose((At(0, step) - At(0, -step)) / (2 * step), rejected, 1e-6);
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Value_and_slopes_at_zero_are_those_of_the_survey(string name) => Gen.Double[0.05, 2].Holds(
        20, beta =>
        {
            using var scope = NewDisposeScope();
            // Just above zero: DPOP has its kink there.
            var zero = full(1, 1e-9, dtype: ScalarType.Float64);
            var loss = PairLossCases.All[name];
            var (chosen, rejected) = Gradients(loss, zero, zero, beta);
            Assert.Equal(loss.AtZero(beta), loss.Compute(zero, zero, beta).Losses.item<double>(), 1e-6 * (1 + Math.Abs(loss.AtZero(beta))));
            Assert.Equal(loss.Slopes(beta).Chosen, chosen.item<double>(), 1e-6 * (1 + Math.Abs(loss.Slopes(beta).Chosen)));
            Assert.Equal(loss.Slopes(beta).Rejected, rejected.item<double>(), 1e-6 * (1 + Math.Abs(loss.Slopes(beta).Rejected)));
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Log_ratios_up_to_five_hundred_stay_finite_in_both_precisions(string name)
    {
        using var scope = NewDisposeScope();
        double[] sizes = [0, 1, -1, 50, -50, 90, -90, 500, -500, 1e4, -1e4];
        var grid = sizes.SelectMany(w => sizes.Select(l => (w, l))).ToArray();
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            foreach (var beta in new[] { 0.1, 5 })
            {
                var (w, l) = (tensor(grid.Select(pair => pair.w).ToArray()).to_type(type), tensor(grid.Select(pair => pair.l).ToArray()).to_type(type));
                var loss = PairLossCases.All[name];
                var (chosen, rejected) = Gradients(loss, w, l, beta);
                Assert.Equal(type, loss.Compute(w, l, beta).Losses.dtype);
                Assert.All([loss.Compute(w, l, beta).Losses, chosen, rejected], values => Assert.True(values.isfinite().all().item<bool>(), $"{type}, beta {beta}"));
            }
        }
    }
}
