using ResearchKit.Generation;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class TopKStatisticsTests
{
    [Fact]
    public void Entropy_is_that_of_the_renormalised_probabilities_in_bits_and_mass_their_sum()
    {
        // p = .5, .25, .125, .125: the two likeliest hold .75, renormalised 2/3 and 1/3.
        using var logits = tensor(new[] { 0.125, 0.5, 0.125, 0.25 }).log().reshape(1, 1, 4) + 3;
        var (entropy, mass) = TopKStatistics.PerPosition(logits, 2);

        Assert.Equal([1L, 1L], entropy.shape);
        Assert.Equal(0.75, mass.item<double>(), 12);
        Assert.Equal(-(2 / 3.0) * Math.Log2(2 / 3.0) - (1 / 3.0) * Math.Log2(1 / 3.0), entropy.item<double>(), 12);
    }

    [Fact]
    public void With_every_token_the_mass_is_one_and_the_entropy_the_whole()
    {
        using var logits = tensor(new[] { 0.125, 0.5, 0.125, 0.25 }).log().reshape(1, 1, 4);
        var (entropy, mass) = TopKStatistics.PerPosition(logits, 4);

        Assert.Equal(1, mass.item<double>(), 12);
        Assert.Equal(1.75, entropy.item<double>(), 12);
    }

    [Fact]
    public void Equal_logits_give_the_largest_entropy_and_a_sure_token_none()
    {
        using var even = zeros(2, 3, 50);
        var (entropy, mass) = TopKStatistics.PerPosition(even, 8);
        Assert.True(entropy.allclose(full_like(entropy, 3)));
        Assert.True(mass.allclose(full_like(mass, 8 / 50.0)));

        using var sure = tensor(new[] { 0f, float.NegativeInfinity, float.NegativeInfinity }).reshape(1, 1, 3);
        var (none, all) = TopKStatistics.PerPosition(sure, 2);
        Assert.Equal(0, none.item<float>());
        Assert.Equal(1, all.item<float>());
    }

    [Fact]
    public void Entropy_does_not_see_how_much_mass_lies_outside_the_top_k()
    {
        using var generator = new RandomStreams(1).Generator("logits");
        using var few = randn([1, 4, 6], generator: generator, dtype: ScalarType.Float64);
        using var more = cat([few, full([1, 4, 30], -4.0, dtype: ScalarType.Float64)], -1);
        var (before, whole) = TopKStatistics.PerPosition(few, 6);
        var (after, part) = TopKStatistics.PerPosition(more, 6);

        Assert.True(before.allclose(after, 1e-9, 1e-9));
        Assert.True(part.lt(whole).all().item<bool>());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    public void A_k_that_the_vocabulary_does_not_have_is_named(int k)
    {
        using var logits = zeros(1, 1, 7);
        var error = Assert.Throws<ArgumentException>(() => TopKStatistics.PerPosition(logits, k));
        Assert.Contains($"k is {k}; 1 to V = 7", error.Message, StringComparison.Ordinal);
    }
}
