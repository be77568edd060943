using CsCheck;
using ResearchKit.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>SimPO, AlphaPO, CPO, ORPO, SLiC-HF, RRHF, SFT on 12,288 pairs each.</summary>
public sealed class ReferenceFreeLossTests
{
    private const int Batches = 3;
    private const int Pairs = 4096;

    private static readonly Dictionary<string, Func<Tensor, Tensor, double, PreferenceLoss>> Losses = new()
    {
        ["SimPO"] = (w, l, b) => SimPoLoss.Compute(w, l, b, 0.5),
        ["AlphaPO"] = (w, l, b) => AlphaPoLoss.Compute(w, l, b, 0.5, 0.25),
        ["AlphaPO, negative"] = (w, l, b) => AlphaPoLoss.Compute(w, l, b, 0.5, -0.5),
        ["CPO"] = (w, l, b) => CpoLoss.Compute(w, l, b),
        ["ORPO"] = OrpoLoss.Compute,
        ["SLiC-HF"] = (w, l, _) => SlicHfLoss.Compute(w, l, -w, 1, 0.1),
        ["RRHF"] = (w, l, _) => RrhfLoss.Compute(w, l, -w),
    };

    public static TheoryData<string> Every() => [.. Losses.Keys];

    // Log-probabilities per token, never above 0.
    private static Tensor Sample(ulong seed) => -(1.5 * Vectors.Normal(seed, Pairs)).abs() - 0.01;

    private static readonly Gen<(ulong Seed, double Beta)> Cases = Gen.Select(Gen.ULong[1, 1_000_000], Gen.Double[0.05, 4]);

    private static (Tensor Chosen, Tensor Rejected) Gradients(Func<Tensor, Tensor, double, PreferenceLoss> loss, Tensor chosen, Tensor rejected, double beta)
    {
        var (w, l) = (chosen.detach().clone().requires_grad_(true), rejected.detach().clone().requires_grad_(true));
        loss(w, l, beta).Losses.sum().backward();
        return (w.grad!, l.grad!);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void The_gradient_raises_the_chosen_and_lowers_the_rejected_answer(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (chosen, rejected) = Gradients(Losses[name], Sample(seed), Sample(seed + 1), beta);
            Assert.True(chosen.le(0).all().item<bool>());
            Assert.True(rejected.ge(0).all().item<bool>());
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Gradients_equal_finite_differences(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = (Sample(seed), Sample(seed + 1));
            const double step = 1e-6;
            Tensor At(double chosen, double rejected) => Losses[name](w + chosen, l + rejected, beta).Losses;
            var (chosen, rejected) = Gradients(Losses[name], w, l, beta);
            foreach (var (numeric, exact) in new[] { ((At(step, 0) - At(-step, 0)) / (2 * step), chosen), ((At(0, step) - At(0, -step)) / (2 * step), rejected) })
            {
                Assert.True(((numeric - exact).abs() / (1 + exact.abs())).max().item<double>() < 1e-5);
            }
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Swapping_the_answers_flips_the_sign_of_the_reward_margin(string name) => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var (w, l) = (Sample(seed), Sample(seed + 1));
            var (straight, swapped) = (Losses[name](w, l, beta), Losses[name](l, w, beta));
            Assert.Equal((straight.RejectedRewards - straight.ChosenRewards).Values(), (swapped.ChosenRewards - swapped.RejectedRewards).Values());
        });

    [Theory]
    [MemberData(nameof(Every))]
    public void Certain_and_nearly_impossible_answers_stay_finite_in_both_precisions(string name)
    {
        using var scope = NewDisposeScope();
        double[] sizes = [0, -1e-9, -1, -100, -500];
        foreach (var type in new[] { ScalarType.Float32, ScalarType.Float64 })
        {
            var w = tensor(sizes.SelectMany(size => Enumerable.Repeat(size, sizes.Length)).ToArray()).to_type(type);
            var l = tensor(Enumerable.Repeat(sizes, sizes.Length).SelectMany(all => all).ToArray()).to_type(type);
            var (chosen, rejected) = Gradients(Losses[name], w, l, 2);
            Assert.All([Losses[name](w, l, 2).Losses, chosen, rejected], values => Assert.True(values.isfinite().all().item<bool>(), type.ToString()));
        }
    }

    [Fact]
    public void SimPO_costs_log_two_at_its_target_margin() => Cases.Holds(
        Batches, (seed, beta) =>
        {
            using var scope = NewDisposeScope();
            var l = Sample(seed);
            Assert.True((SimPoLoss.Compute(l + 0.7, l, beta, 0.7).Losses - Math.Log(2)).abs().max().item<double>() < 1e-12);
        });

    [Fact]
    public void Log1mexp_is_exact_on_both_of_its_forms()
    {
        double[] x = [-1e-12, -1e-3, -0.5, -0.7, -5, -40];

        // e^x − 1 by series near 0, log(1 − e^x) by −e^x far from it.
        double[] expected = [Math.Log(1e-12), Math.Log(1e-3 - 5e-7 + 1e-9 / 6), Math.Log(1 - Math.Exp(-0.5)), Math.Log(1 - Math.Exp(-0.7)), Math.Log(1 - Math.Exp(-5)), -Math.Exp(-40)];
        Vectors.AssertClose([expected], [Log1mExp.Of(tensor(x)).Values()], 1e-10);
        Assert.Equal(-Math.Exp(-40), Log1mExp.Of(Vectors.Of(-40)).item<double>(), 1e-30);
    }

    [Fact]
    public void The_SFT_term_is_a_mean_over_the_batchs_tokens_or_over_each_answers_own()
    {
        var perToken = tensor(new[] { -1.0, -3, 0, -5, double.NegativeInfinity, double.NegativeInfinity }, [2, 3]);
        var mask = tensor(new[] { 1.0, 1, 0, 1, 0, 0 }, [2, 3]);

        Assert.Equal(3, SftLoss.TokenMean(perToken, mask).item<double>(), 14);
        Vectors.AssertClose([[2, 5]], [SftLoss.PerAnswer(perToken, mask).Values()], 1e-14);
        Assert.Equal(0, SftLoss.TokenMean(perToken, zeros_like(mask)).item<double>());
    }

    [Fact]
    public void A_weighted_sum_averages_each_term()
    {
        Assert.Equal(0.8 * 2 + 0.2 * 5, WeightedSum.Of((Vectors.Of(1, 3), 0.8), (tensor(5.0), 0.2)).item<double>(), 14);
        Assert.Throws<ArgumentException>(() => WeightedSum.Of());
    }
}
