using CsCheck;
using ResearchKit.Generation;
using ResearchKit.Preference;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>Losses that look at tokens: LD-DPO, SamPO, D2PO, WPO's weights, humanline.</summary>
public sealed class TokenLossTests
{
    private const int Pairs = 2048;
    private const int Width = 8;

    private static readonly Gen<(ulong Seed, double Beta)> Cases = Gen.Select(Gen.ULong[1, 1_000_000], Gen.Double[0.05, 2]);

    // Answers of 1 to 8 tokens that start after 0 to 7 prompt tokens.
    private static Tensor Mask(ulong seed)
    {
        var rng = new Rng(seed);
        var mask = new double[Pairs * Width];
        for (var row = 0; row < Pairs; row++)
        {
            var start = rng.Next(Width);
            var end = start + 1 + rng.Next(Width - start);
            for (var t = start; t < end; t++) mask[row * Width + t] = 1;
        }
        return tensor(mask, [Pairs, Width]);
    }

    private static (Tensor W, Tensor L, Tensor ChosenMask, Tensor RejectedMask) Sample(ulong seed) =>
        (Vectors.Normal(seed, Pairs, Width), Vectors.Normal(seed + 1, Pairs, Width), Mask(seed + 2), Mask(seed + 3));

    private static Tensor Dpo(Tensor w, Tensor l, double beta) => DpoLoss.Compute(w, l, zeros_like(w), zeros_like(l), beta).Losses;

    private static void AssertClose(Tensor expected, Tensor actual) => Assert.True((expected - actual).abs().max().item<double>() < 1e-12);

    [Fact]
    public void LD_DPO_at_one_and_D2PO_without_decay_are_DPO() => Cases.Holds(
        6, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l, mw, ml) = Sample(seed);
            var dpo = Dpo(LogProbs.Sum(w, mw), LogProbs.Sum(l, ml), beta);
            AssertClose(dpo, LengthDesensitizedDpoLoss.Compute(w, l, mw, ml, beta, 1).Losses);
            AssertClose(dpo, TemporalDecayDpoLoss.Compute(w, l, mw, ml, beta, 1).Losses);
        });

    [Fact]
    public void LD_DPO_counts_the_longer_answers_tail_alpha_times()
    {
        var (w, l) = (tensor(new[] { 9.0, 1, 2, 4 }, [1, 4]), tensor(new[] { 9.0, 3, 9, 9 }, [1, 4]));
        var (mw, ml) = (tensor(new[] { 0.0, 1, 1, 1 }, [1, 4]), tensor(new[] { 0.0, 1, 0, 0 }, [1, 4]));

        var pair = LengthDesensitizedDpoLoss.Compute(w, l, mw, ml, 1, 0.5);

        Assert.Equal(1 + 0.5 * 6, pair.ChosenRewards.item<double>(), 14);
        Assert.Equal(3, pair.RejectedRewards.item<double>(), 14);
    }

    [Fact]
    public void D2PO_discounts_from_the_answers_first_token()
    {
        var pair = TemporalDecayDpoLoss.Compute(
            tensor(new[] { 9.0, 1, 2, 4 }, [1, 4]), zeros(1, 4, dtype: ScalarType.Float64), tensor(new[] { 0.0, 1, 1, 1 }, [1, 4]), ones(1, 4), 1, 0.5);

        Assert.Equal(1 + 1 + 1, pair.ChosenRewards.item<double>(), 14);
    }

    [Fact]
    public void SamPO_draws_as_many_tokens_from_both_answers_and_only_answer_tokens() => Cases.Holds(
        6, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (_, _, mw, ml) = Sample(seed);
            using var generator = new Generator(seed);
            // Each answer token counts 1, every other 1000: the rewards are β times the drawn tokens.
            var pair = SamPoLoss.Compute(where(mw.ne(0), 1.0, 1000.0), where(ml.ne(0), 1.0, 1000.0), mw, ml, beta, generator);
            var shorter = beta * minimum(mw.sum(-1), ml.sum(-1));
            AssertClose(shorter, pair.ChosenRewards);
            AssertClose(shorter, pair.RejectedRewards);
        });

    [Fact]
    public void SamPO_of_equal_lengths_is_DPO_and_its_draws_follow_the_generator()
    {
        var (w, l, mw, ml) = Sample(5);
        PreferenceLoss Run(ulong seed, Tensor rejectedMask)
        {
            using var generator = new Generator(seed);
            return SamPoLoss.Compute(w, l, mw, rejectedMask, 0.5, generator);
        }

        AssertClose(Dpo(LogProbs.Sum(w, mw), LogProbs.Sum(l, mw), 0.5), Run(1, mw).Losses);
        Assert.Equal(Run(1, ml).Losses.Values(), Run(1, ml).Losses.Values());
        Assert.NotEqual(Run(1, ml).Losses.Values(), Run(2, ml).Losses.Values());
    }

    [Fact]
    public void WPO_weights_are_one_for_a_uniform_policy_and_capped_only_on_demand()
    {
        using var scope = NewDisposeScope();
        var ids = zeros(2, 3, dtype: ScalarType.Int64);
        var mask = ones(2, 2);
        var sharp = zeros(2, 3, 2, dtype: ScalarType.Float64);
        sharp[.., .., 0] = 1;

        Assert.Equal(1, WpoWeights.Of(zeros(2, 3, 4, dtype: ScalarType.Float64), ids, mask).item<double>(), 14);
        Assert.Equal(1, WpoWeights.Of(sharp, ids, mask).item<double>());
        Assert.True(WpoWeights.Of(sharp, ids, mask, double.PositiveInfinity).item<double>() > 1);
        Assert.False(WpoWeights.Of(sharp.requires_grad_(true), ids, mask).requires_grad);
    }

    [Fact]
    public void Humanline_clamps_and_counts_what_it_left_alone()
    {
        var ratios = Vectors.Of(-3, -1, 0, 1, 2).requires_grad_(true);
        var clamped = Humanline.Clamp(ratios, -1.5, 1.5);
        clamped.sum().backward();

        Vectors.AssertClose([[-1.5, -1, 0, 1, 1.5], [0, 1, 1, 1, 0]], [clamped.Values(), ratios.grad!.Values()], 0);
        Assert.Equal(0.5, Humanline.UnclampedShare(ratios, -1.5, 1.5));
        Assert.Equal(0, Humanline.UnclampedShare(zeros(3), -1.5, 1.5));
    }
}
