using ResearchKit.Policy;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Policy;

public sealed class MaskedTests
{
    private static readonly double[] Numbers = [1, 2, double.NaN, 6, 3, double.PositiveInfinity];
    private static readonly double[] Mask = [1, 1, 0, 1, 1, 0];

    [Fact]
    public void Counted_tokens_alone_make_mean_and_unbiased_variance()
    {
        using var scope = NewDisposeScope();
        var (values, mask) = (tensor(Numbers, [2, 3]), tensor(Mask, [2, 3]));

        Assert.Equal(3, Masked.Mean(values, mask).item<double>(), 12);
        Assert.Equal(14.0 / 3, Masked.Variance(values, mask).item<double>(), 12);
        Assert.Equal(double.NaN, Masked.Mean(values, zeros(2, 3)).item<double>());
    }

    [Fact]
    public void Whitened_tokens_have_unit_variance_and_the_mean_that_was_asked_for()
    {
        using var scope = NewDisposeScope();
        var (values, mask) = (tensor(Numbers, [2, 3]), tensor(Mask, [2, 3]));
        foreach (var (shift, mean) in new[] { (true, 0.0), (false, 3.0) })
        {
            var whitened = Masked.Whiten(values, mask, shift);
            Assert.Equal(mean, Masked.Mean(whitened, mask).item<double>(), 1e-9);
            Assert.Equal(1, Masked.Variance(whitened, mask).item<double>(), 1e-7);
        }
    }

    [Fact]
    public void A_mask_of_another_shape_is_refused() => Assert.Throws<ArgumentException>(() => Masked.Mean(zeros(2, 3), ones(2, 1)));

    [Fact]
    public void The_entropy_of_a_uniform_choice_is_its_logarithm_also_among_restricted_tokens()
    {
        using var scope = NewDisposeScope();
        var restricted = new ResearchKit.Generation.TokenRestriction([[1, 4, 6]]).Apply(zeros(2, 1, 9));

        Assert.Equal(Math.Log(9), PolicyEntropy.Of(zeros(1, 9)).item<float>(), 1e-6);
        Assert.All(PolicyEntropy.Of(restricted).to_type(ScalarType.Float64).Values(), entropy => Assert.Equal(Math.Log(3), entropy, 1e-6));
    }
}
