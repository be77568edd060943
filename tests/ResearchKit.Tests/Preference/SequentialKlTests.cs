using CsCheck;
using ResearchKit.Generation;
using ResearchKit.Preference;
using TorchSharp;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class SequentialKlTests
{
    private const int Rows = 2, Positions = 3, Vocabulary = 5;

    private static readonly Gen<(double[] Policy, double[] Reference)> Logits = Gen.Select(
        Gen.Double[-8, 8].Array[Rows * Positions * Vocabulary], Gen.Double[-8, 8].Array[Rows * Positions * Vocabulary], (policy, reference) => (policy, reference));

    private static Tensor Shaped(double[] values) => tensor(values, [Rows, Positions, Vocabulary]);

    // Σ_v p(v) log(p(v)/q(v)) with plain exponentials, position by position.
    private static double[] ByHand(double[] first, double[] second)
    {
        double[] Softmax(IEnumerable<double> logits)
        {
            var weights = logits.Select(Math.Exp).ToArray();
            return [.. weights.Select(weight => weight / weights.Sum())];
        }
        return [.. first.Chunk(Vocabulary).Zip(second.Chunk(Vocabulary), (a, b) => Softmax(a).Zip(Softmax(b), (p, q) => p * Math.Log(p / q)).Sum())];
    }

    [Fact]
    public void Both_directions_equal_the_sum_written_by_hand_and_are_not_negative() => Logits.Holds(
        60, logits =>
        {
            using var scope = NewDisposeScope();
            var forward = SequentialKl.Forward(Shaped(logits.Policy), Shaped(logits.Reference)).Values();
            var reverse = SequentialKl.Reverse(Shaped(logits.Policy), Shaped(logits.Reference)).Values();
            Vectors.AssertClose([ByHand(logits.Reference, logits.Policy), ByHand(logits.Policy, logits.Reference)], [forward, reverse], 1e-10);
            Assert.All(forward.Concat(reverse), value => Assert.True(value >= -1e-12));
        });

    [Fact]
    public void Equal_logits_and_logits_shifted_by_a_constant_have_no_divergence() => Logits.Holds(
        30, logits =>
        {
            using var scope = NewDisposeScope();
            var policy = Shaped(logits.Policy);
            Vectors.AssertClose([new double[6], new double[6]], [SequentialKl.Forward(policy, policy).Values(), SequentialKl.Forward(policy, policy + 3).Values()], 1e-12);
        });

    [Fact]
    public void The_forward_gradient_is_policy_minus_reference_and_none_reaches_the_reference()
    {
        using var scope = NewDisposeScope();
        var policy = Vectors.Normal(1, Rows, Positions, Vocabulary).requires_grad_(true);
        var reference = Vectors.Normal(2, Rows, Positions, Vocabulary).requires_grad_(true);
        SequentialKl.Forward(policy, reference).sum().backward();

        // d KL(r‖p) / d logits = p − r.
        Vectors.AssertClose([(policy.softmax(-1) - reference.softmax(-1)).Values()], [policy.grad!.Values()], 1e-12);
        Assert.True(reference.grad is null);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(50)]
    public void A_chunked_forward_divergence_has_the_plain_ones_values_and_gradients(int chunk)
    {
        using var scope = NewDisposeScope();
        var weights = Vectors.Normal(9, Rows, Positions);
        (double[] Values, double[] Gradient) Run(int size)
        {
            var policy = Vectors.Normal(1, Rows, Positions, Vocabulary).requires_grad_(true);
            var kl = SequentialKl.Forward(policy, Vectors.Normal(2, Rows, Positions, Vocabulary), size);
            (weights * kl).sum().backward();
            return (kl.Values(), policy.grad!.Values());
        }
        var (plain, chunked) = (Run(0), Run(chunk));

        Vectors.AssertClose([plain.Values, plain.Gradient], [chunked.Values, chunked.Gradient], 1e-14);
    }

    [Fact]
    public void A_chunked_step_leaves_no_tensor_behind()
    {
        using var policy = Vectors.Normal(1, Rows, Positions, Vocabulary).requires_grad_(true);
        using var reference = Vectors.Normal(2, Rows, Positions, Vocabulary);
        long Step()
        {
            using (NewDisposeScope())
            {
                SequentialKl.Forward(policy, reference, 2).sum().backward();
                policy.grad!.zero_();
            }
            return DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        }
        Step();
        var before = Step();

        Assert.Equal(before, Step());
    }

    [Fact]
    public void The_reverse_gradient_equals_finite_differences()
    {
        double[][] inputs = [Vectors.Normal(3, 10).Values()];
        Tensor Loss(Tensor[] x) => SequentialKl.Reverse(x[0].reshape(1, 2, 5), Vectors.Normal(4, 1, 2, 5)).sum();

        Vectors.AssertClose(Vectors.FiniteDifferences(inputs, Loss), Vectors.Gradients(inputs, Loss), 1e-8);
    }

    [Fact]
    public void A_reference_that_underflows_gives_no_nan()
    {
        // exp(−2000) is 0 in float64: the official code's log of a softmax would give 0·(−∞) here.
        var kl = SequentialKl.Forward(tensor(new[] { 0.0, 0.0 }, [1, 1, 2]), tensor(new[] { 0.0, -2000.0 }, [1, 1, 2]));

        Assert.Equal(Math.Log(2), kl.item<double>(), 12);
    }

    [Fact]
    public void Half_precision_logits_are_summed_in_float32()
    {
        var (policy, reference) = (Vectors.Normal(5, 1, 2, 7).bfloat16(), Vectors.Normal(6, 1, 2, 7).bfloat16());

        var kl = SequentialKl.Forward(policy, reference);

        Assert.Equal(ScalarType.Float32, kl.dtype);
        Vectors.AssertClose([SequentialKl.Forward(policy.@double(), reference.@double()).Values()], [kl.@double().Values()], 1e-5);
    }

    [Fact]
    public void Log_ratio_is_the_difference_of_the_models_log_probabilities()
    {
        var (policy, reference) = (Vectors.Normal(7, 2, 4, 5), Vectors.Normal(8, 2, 4, 5));
        var ids = tensor(new long[] { 0, 1, 2, 3, 4, 3, 2, 1 }, [2, 4]);

        var expected = (LogProbs.PerToken(policy, ids) - LogProbs.PerToken(reference, ids)).Values();

        Vectors.AssertClose([expected], [LogRatio.PerToken(policy, reference, ids).Values()], 1e-12);
        Assert.All(LogRatio.PerToken(policy, policy, ids).Values(), value => Assert.Equal(0, value));
    }
}
