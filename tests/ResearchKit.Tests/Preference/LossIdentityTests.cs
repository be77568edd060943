using CsCheck;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>Losses that are each other in a limit, each on 12,288 pairs: the survey's identities.</summary>
public sealed class LossIdentityTests
{
    private const int Batches = 3;
    private const int Pairs = 4096;

    private static readonly Gen<(ulong Seed, double Beta)> Cases = Gen.Select(Gen.ULong[1, 1_000_000], Gen.Double[0.05, 2]);

    private static Tensor Dpo(Tensor w, Tensor l, double beta) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), beta).Losses;

    // Equal in value and in gradient.
    private static void AssertSame(Func<Tensor, Tensor, double, Tensor> expected, Func<Tensor, Tensor, double, Tensor> actual, double tolerance = 1e-12) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            (Tensor Losses, Tensor? Chosen, Tensor? Rejected) Run(Func<Tensor, Tensor, double, Tensor> loss)
            {
                var (w, l) = ((3 * Vectors.Normal(seed, Pairs)).requires_grad_(true), (3 * Vectors.Normal(seed + 7, Pairs)).requires_grad_(true));
                var losses = loss(w, l, beta);
                losses.sum().backward();
                return (losses.detach(), w.grad, l.grad);
            }
            var (one, two) = (Run(expected), Run(actual));
            Assert.True((one.Losses - two.Losses).abs().max().item<double>() <= tolerance * (1 + one.Losses.abs().max().item<double>()));
            Assert.True((one.Chosen! - two.Chosen!).abs().max().item<double>() <= tolerance * 10);
            Assert.True((one.Rejected! - two.Rejected!).abs().max().item<double>() <= tolerance * 10);
        });

    [Fact]
    public void Conservative_DPO_without_flips_is_DPO() =>
        AssertSame(Dpo, (w, l, b) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), b, labelSmoothing: 0).Losses);

    [Fact]
    public void Robust_DPO_without_flips_is_DPO() => AssertSame(Dpo, (w, l, b) => RobustDpoLoss.Compute(w, l, b, 0).Losses);

    [Fact]
    public void The_expectation_of_robust_DPO_over_flips_is_DPO() =>
        AssertSame(Dpo, (w, l, b) => 0.7 * RobustDpoLoss.Compute(w, l, b, 0.3).Losses + 0.3 * RobustDpoLoss.Compute(l, w, b, 0.3).Losses);

    [Fact]
    public void R_DPO_without_penalty_is_DPO() => AssertSame(Dpo, (w, l, b) => LengthRegularizedDpoLoss.Compute(w, l, full_like(w, 9), ones_like(l), b, 0).Losses);

    [Fact]
    public void R_DPO_is_DPO_of_rewards_minus_alpha_times_length() =>
        AssertSame((w, l, b) => Dpo(w + 0.3 * 9 / b, l + 0.3 * 4 / b, b), (w, l, b) => LengthRegularizedDpoLoss.Compute(w, l, full_like(w, 9), full_like(l, 4), b, 0.3).Losses);

    [Fact]
    public void DPOP_without_penalty_is_DPO() => AssertSame(Dpo, (w, l, b) => DpopLoss.Compute(w, l, b, 0).Losses);

    [Fact]
    public void DPO_Shift_of_one_is_DPO() => AssertSame(Dpo, (w, l, b) => DpoShiftLoss.Compute(w, l, b, 1).Losses);

    [Fact]
    public void ODPO_without_offset_is_DPO() => AssertSame(Dpo, (w, l, b) => OdpoLoss.Compute(w, l, full_like(w, 3), b, 0).Losses);

    [Fact]
    public void LN_DPO_of_equal_lengths_is_DPO_at_beta_over_the_length() =>
        AssertSame((w, l, b) => Dpo(w, l, b / 6), (w, l, b) => LengthNormalizedDpoLoss.Compute(w, l, full_like(w, 6), full_like(l, 6), b).Losses);

    [Fact]
    public void Beta_DPO_that_keeps_all_and_does_not_adapt_is_DPO() => AssertSame(
        Dpo, (w, l, b) => BetaDpoLoss.Compute(w, l, ones_like(w), RunningSpread.OfFirst(w - l), b, 0).Pairs.Losses);

    [Fact]
    public void AOT_of_one_pair_is_DPO() => AssertSame(
        (w, l, b) => Dpo(w[..64], l[..64], b),
        (w, l, b) => cat([.. Enumerable.Range(0, 64).Select(i => AotLoss.Compute(
            w.narrow(0, i, 1), l.narrow(0, i, 1), zeros(1, dtype: w.dtype), zeros(1, dtype: w.dtype), b).Losses)]));

    [Fact]
    public void F_DPO_goes_to_DPO_as_alpha_goes_to_one() =>
        AssertSame(Dpo, (w, l, b) => FDivergenceDpoLoss.Compute(w, l, b, DivergenceKind.Alpha, 1 - 1e-5).Losses, 1e-3);

    [Fact]
    public void F_DPO_at_alpha_one_and_under_the_reverse_divergence_is_DPO()
    {
        AssertSame(Dpo, (w, l, b) => FDivergenceDpoLoss.Compute(w, l, b, DivergenceKind.Alpha, 1).Losses);
        AssertSame(Dpo, (w, l, b) => FDivergenceDpoLoss.Compute(w, l, b, DivergenceKind.ReverseKl).Losses);
    }

    [Fact]
    public void F_DPO_at_alpha_zero_is_the_forward_divergence() => AssertSame(
        (w, l, b) => FDivergenceDpoLoss.Compute(w / 3, l / 3, b, DivergenceKind.ForwardKl).Losses, (w, l, b) => FDivergenceDpoLoss.Compute(w / 3, l / 3, b, DivergenceKind.Alpha, 0).Losses);

    [Fact]
    public void A_soft_label_is_conservative_DPO_and_one_half_a_tie()
    {
        AssertSame((w, l, b) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), b, 0.2).Losses, (w, l, b) => SoftLabelDpoLoss.Compute(w, l, full_like(w, 0.8), b).Losses);
        AssertSame((w, l, b) => TieLoss.Compute(b * w, b * l, full_like(w, 0.5)).Losses, (w, l, b) => SoftLabelDpoLoss.Compute(w, l, full_like(w, 0.5), b).Losses);
    }

    [Fact]
    public void KTO_with_baseline_zero_on_pairs_is_half_of_APO_zero_in_the_mean() => AssertSame(
        (w, l, b) => ApoZeroLoss.Compute(w, l, b).Losses.mean() / 2, (w, l, b) => KtoLoss.Compute(w, l, b, 0).Losses.mean());

    [Fact]
    public void BCO_without_shift_on_pairs_is_half_of_BCO_on_pairs_in_the_mean() => AssertSame(
        (w, l, b) => BcoPairLoss.Compute(w, l, b).Losses.mean() / 2, (w, l, b) => BcoLoss.Compute(w, l, b, 0).Losses.mean());

    [Fact]
    public void AlphaPO_at_zero_and_near_it_is_SimPO()
    {
        AssertSame((w, l, b) => SimPoLoss.Compute(w, l, b, 0.5).Losses, (w, l, b) => AlphaPoLoss.Compute(w, l, b, 0.5, 0).Losses);
        AssertSame((w, l, b) => SimPoLoss.Compute(w, l, b, 0.5).Losses, (w, l, b) => AlphaPoLoss.Compute(w, l, b, 0.5, 1e-6).Losses, 1e-3);
    }

    [Fact]
    public void SimPO_without_target_of_equal_lengths_is_CPO_at_beta_over_the_length() =>
        AssertSame((w, l, b) => CpoLoss.Compute(w, l, b / 5).Losses, (w, l, b) => SimPoLoss.Compute(w / 5, l / 5, b, 0).Losses);

    [Fact]
    public void CPO_is_DPO_without_a_reference() => AssertSame(Dpo, (w, l, b) => CpoLoss.Compute(w, l, b).Losses);

    [Fact]
    public void IPO_of_means_is_IPO_of_sums_of_length_one() => AssertSame(
        (w, l, b) => IpoLoss.Compute(w / 5, l / 5, ones_like(w), ones_like(l), b, TokenReduction.Sum).Losses,
        (w, l, b) => IpoLoss.Compute(w, l, full_like(w, 5), full_like(l, 5), b, TokenReduction.Mean).Losses, 1e-10);

    [Fact]
    public void MPO_of_the_first_part_alone_and_RPO_without_its_term_are_DPO()
    {
        AssertSame(Dpo, (w, l, b) => MpoLoss.Compute(w, l, zeros_like(w), b, 1, 0, 0).Losses);
        AssertSame(Dpo, (w, l, b) => RpoLoss.Compute(w, l, ones_like(w), b, 0).Losses);
    }

    [Fact]
    public void WPO_with_weights_of_one_is_DPO() => AssertSame(Dpo, (w, l, b) => WpoLoss.Compute(w, l, ones_like(w), b).Losses);

    [Fact]
    public void ChiPO_within_its_bound_is_ChiPO_without_one() =>
        AssertSame((w, l, b) => ChiPoLoss.Compute(w / 9, l / 9, b).Losses, (w, l, b) => ChiPoLoss.Compute(w / 9, l / 9, b, 1e6).Losses);
}
