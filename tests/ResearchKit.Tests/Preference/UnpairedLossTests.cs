using CsCheck;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>KTO, BCO, AOT and the running statistics beside them.</summary>
public sealed class UnpairedLossTests
{
    private const int Batches = 3;
    private const int Answers = 4096;

    private static readonly Gen<(ulong Seed, double Beta)> Cases = Gen.Select(Gen.ULong[1, 1_000_000], Gen.Double[0.05, 2]);

    private static Tensor Sample(ulong seed) => 3 * Vectors.Normal(seed, Answers);

    private static Tensor Gradient(Tensor input, Func<Tensor, Tensor> loss)
    {
        var leaf = input.detach().clone().requires_grad_(true);
        loss(leaf).sum().backward();
        return leaf.grad!;
    }

    [Fact]
    public void KTO_raises_good_answers_lowers_bad_ones_and_is_shifted_by_its_baseline() => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = (Sample(seed), Sample(seed + 1));
            Assert.True(Gradient(w, x => KtoLoss.Compute(x, l, beta, 0.5).Losses).lt(0).all().item<bool>());
            Assert.True(Gradient(l, x => KtoLoss.Compute(w, x, beta, 0.5).Losses).gt(0).all().item<bool>());
            var difference = KtoLoss.Compute(w, l, beta, 1.5).Losses - KtoLoss.Compute(w - 1.5, l - 1.5, beta, 0).Losses;
            Assert.True(difference.abs().max().item<double>() < 1e-12);
        });

    [Fact]
    public void KTO_weighs_each_kind_and_takes_batches_of_one_kind()
    {
        using var scope = NewDisposeScope();
        var loss = KtoLoss.Compute(Vectors.Of(0, 0), Vectors.Of(0), 1, 0, desirableWeight: 2, undesirableWeight: 3);

        Vectors.AssertClose([[1, 1, 1.5]], [loss.Losses.Values()], 1e-15);
        Assert.Equal(2, KtoLoss.Compute(Vectors.Of(1, 2), zeros(0, dtype: ScalarType.Float64), 1, 0).Losses.numel());
        Assert.Equal(1, KtoLoss.Compute(zeros(0, dtype: ScalarType.Float64), Vectors.Of(1), 1, 0).Losses.numel());
    }

    [Fact]
    public void The_baseline_is_a_mean_that_is_not_negative_with_or_without_zeros()
    {
        Assert.Equal(0, KtoLoss.Baseline(Vectors.Of(-3, 1)));
        Assert.Equal(1, KtoLoss.Baseline(Vectors.Of(3, 0, 0)), 14);
        Assert.Equal(3, KtoLoss.Baseline(Vectors.Of(3, 0, 0), skipZeros: true), 14);
        Assert.Equal(0, KtoLoss.Baseline(Vectors.Of(0, 0), skipZeros: true));
    }

    [Fact]
    public void BCO_gradients_point_the_right_way_and_weights_scale_the_rejected_side() => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = (Sample(seed), Sample(seed + 1));
            Assert.True(Gradient(w, x => BcoLoss.Compute(x, l, beta, 0.3).Losses).le(0).all().item<bool>());
            var plain = Gradient(l, x => BcoLoss.Compute(w, x, beta, 0.3).Losses);
            Assert.True(plain.ge(0).all().item<bool>());
            var weighted = Gradient(l, x => BcoLoss.Compute(w, x, beta, 0.3, full_like(l, 2.5)).Losses);
            Assert.True((2.5 * plain - weighted).abs().max().item<double>() < 1e-12);
        });

    [Fact]
    public void Density_ratio_weights_are_odds_clamped() => Vectors.AssertClose(
        [[0.5, 1, 3, 10]], [BcoLoss.DensityRatioWeights(Vectors.Of(0.01, 0.5, 0.75, 1)).Values()], 1e-6);

    [Fact]
    public void Running_moments_are_those_of_all_values_together() => Gen.Select(Gen.Double[-9, 9].Array[3, 40], Gen.Double[-9, 9].Array[1, 40]).Holds(
        200, (first, second) =>
        {
            var moments = RunningMoments.Start.Update(tensor(first)).Update(tensor(second));
            double[] all = [.. first, .. second];
            var variance = all.Sum(value => Math.Pow(value - all.Average(), 2)) / all.Length;
            Assert.Equal(all.Average(), moments.Mean, 1e-9);
            Assert.Equal(variance, moments.Variance, 1e-9);
            Assert.Equal(Math.Sqrt(variance * all.Length / (all.Length - 1)), moments.Std, 1e-9);
            Assert.Equal(all.Length, moments.Count, 1e-9);
        });

    [Fact]
    public void A_running_spread_decays_towards_the_batches()
    {
        var spread = RunningSpread.Zero.Update(Vectors.Of(1, 3), 0.9);

        Assert.Equal(0.2, spread.Mean, 14);
        Assert.Equal(0.1 * Math.Sqrt(2), spread.Std, 14);
        Assert.Equal(new RunningSpread(2, Math.Sqrt(2)), RunningSpread.OfFirst(Vectors.Of(1, 3)));
        Assert.Throws<ArgumentException>(() => RunningSpread.Zero.Update(Vectors.Of(1)));
    }

    [Fact]
    public void AOT_does_not_see_the_order_of_the_batch() => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l, zero) = (Sample(seed), Sample(seed + 1), zeros(Answers, dtype: ScalarType.Float64));
            Assert.Equal(AotUnpairedLoss.Compute(w, l, beta).Losses.Values(), AotUnpairedLoss.Compute(w, l.flip(0), beta).Losses.Values());
            Assert.Equal(
                AotLoss.Compute(w, l, w - 1, l, beta).Losses.Values(), AotLoss.Compute(w.flip(0), l.flip(0), w - 1, l, beta).Losses.Values());
            // The gradient reaches each answer through its rank.
            var gradient = Gradient(w, x => AotLoss.Compute(x, l, zero, zero, beta).Losses);
            Assert.True(gradient.le(0).all().item<bool>());
        });
}
