using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

public sealed class LogProbsTests
{
    private static Tensor Ids => tensor(new long[] { 3, 0, 2, 4, 1, 1, 0, 2 }, [2, 4]);

    [Fact]
    public void Position_t_scores_token_t_plus_one_and_the_first_token_is_never_scored()
    {
        var logits = Vectors.Normal(1, 2, 4, 5);
        var table = nn.functional.log_softmax(logits, -1);

        var perToken = LogProbs.PerToken(logits, Ids);

        Assert.Equal([2, 3], perToken.shape);
        Assert.Equal(table[0, 0, 0].item<double>(), perToken[0, 0].item<double>(), 12);
        Assert.Equal(table[0, 2, 4].item<double>(), perToken[0, 2].item<double>(), 12);
        Assert.Equal(table[1, 2, 2].item<double>(), perToken[1, 2].item<double>(), 12);
    }

    [Fact]
    public void Uniform_logits_give_minus_log_of_the_vocabulary()
    {
        Assert.All(LogProbs.PerToken(full([2, 4, 5], 7.0, dtype: ScalarType.Float64), Ids).Values(), value => Assert.Equal(-Math.Log(5), value, 12));
    }

    [Fact]
    public void Half_precision_is_accumulated_in_float32_and_float64_stays()
    {
        var logits = Vectors.Normal(2, 2, 4, 5);

        Assert.Equal(ScalarType.Float64, LogProbs.PerToken(logits, Ids).dtype);
        var half = LogProbs.PerToken(logits.bfloat16(), Ids);
        Assert.Equal(ScalarType.Float32, half.dtype);
        Vectors.AssertClose([LogProbs.PerToken(logits.bfloat16().@double(), Ids).Values()], [half.@double().Values()], 1e-6);
    }

    [Fact]
    public void Gradients_equal_finite_differences_and_the_last_position_gets_none()
    {
        double[][] inputs = [Vectors.Normal(3, 40).Values()];
        Tensor Loss(Tensor[] x) => LogProbs.PerToken(x[0].reshape(2, 4, 5), Ids).sum();

        var gradients = Vectors.Gradients(inputs, Loss);

        Vectors.AssertClose(Vectors.FiniteDifferences(inputs, Loss), gradients, 1e-8);
        Assert.All(gradients[0][15..20], value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sum_and_mean_count_only_what_the_mask_holds()
    {
        var values = tensor(new[] { -1.0, -2, -4, -8, double.NegativeInfinity, -16 }, [2, 3]);
        var mask = tensor(new[] { 0f, 1, 1, 1, 0, 1 }, [2, 3]);

        Vectors.AssertClose([[-6, -24], [-3, -12]], [LogProbs.Sum(values, mask).Values(), LogProbs.Mean(values, mask).Values()], 1e-12);
    }

    [Fact]
    public void A_row_without_answer_tokens_sums_to_zero_and_has_no_mean()
    {
        var (values, mask) = (tensor(new[] { -1.0, -2 }, [1, 2]), zeros(1, 2));

        Assert.Equal(0, LogProbs.Sum(values, mask).item<double>());
        Assert.True(double.IsNaN(LogProbs.Mean(values, mask).item<double>()));
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_named()
    {
        Assert.Contains("[2,4,5] and [2,3]", Assert.Throws<ArgumentException>(() => LogProbs.PerToken(zeros(2, 4, 5), zeros(2, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("mask[:,1:]", Assert.Throws<ArgumentException>(() => LogProbs.Sum(zeros(2, 3), zeros(2, 4))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => LogProbs.PerToken(zeros(2, 1, 5), zeros(2, 1, dtype: ScalarType.Int64)));
    }
}
