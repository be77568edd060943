using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Generation;

public sealed class TokenDistributionTests
{
    private static readonly double[] Known = [0.05, 0.4, 0.1, 0.3, 0.15];

    [Theory]
    [InlineData(1.0, 0, 1.0, new[] { 0.05, 0.4, 0.1, 0.3, 0.15 })]
    [InlineData(1.0, 2, 1.0, new[] { 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0 })]
    [InlineData(1.0, 1, 1.0, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(1.0, 9, 1.0, new[] { 0.05, 0.4, 0.1, 0.3, 0.15 })]
    [InlineData(1.0, 0, 0.6, new[] { 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0 })]
    [InlineData(1.0, 0, 0.75, new[] { 0, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85 })]
    [InlineData(1.0, 0, 0.01, new[] { 0, 1.0, 0, 0, 0 })]
    [InlineData(1.0, 3, 0.8, new[] { 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0 })] // of the top three, renormalised, two reach 0.8
    public void Top_k_and_top_p_keep_what_their_definitions_keep(double temperature, int topK, double topP, double[] expected)
    {
        using var scope = NewDisposeScope();
        var options = new SamplingOptions { MaxNewTokens = 1, Temperature = temperature, TopK = topK, TopP = topP };
        var found = TokenDistribution.Probabilities(Logits(), options);

        Assert.Equal(expected, Values(found[0]), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Temperature_is_a_power_of_the_probabilities()
    {
        using var scope = NewDisposeScope();
        var found = TokenDistribution.Probabilities(Logits(), new SamplingOptions { MaxNewTokens = 1, Temperature = 0.5 });
        var squares = Known.Select(p => p * p).ToArray();

        Assert.Equal(squares.Select(p => p / squares.Sum()), Values(found[0]), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Evenly_spread_uniform_numbers_draw_each_token_by_its_probability()
    {
        using var scope = NewDisposeScope();
        const int count = 1000;
        var uniform = (arange(count, ScalarType.Float64) + 0.5) / count;
        var drawn = TokenDistribution.Draw(tensor(Known).to(ScalarType.Float32).expand(count, 5), uniform);

        for (var token = 0; token < 5; token++) Assert.Equal(Known[token], drawn.eq(token).sum().item<long>() / (double)count, 0.0011);
    }

    [Fact]
    public void A_token_of_no_probability_is_never_drawn_even_at_the_ends()
    {
        using var scope = NewDisposeScope();
        var probabilities = tensor(new float[] { 0, 0.5f, 0, 0.5f, 0 }).expand(4, 5);
        var uniform = tensor(new[] { 0, 0.5 - 1e-9, 0.5, 1 - 1e-12 });

        Assert.Equal([1L, 1, 3, 3], TokenDistribution.Draw(probabilities, uniform).data<long>().ToArray());
    }

    private static Tensor Logits() => tensor(Known).log().add(3).to(ScalarType.Float32).unsqueeze(0);

    private static double[] Values(Tensor row) => row.to(ScalarType.Float64).data<double>().ToArray();
}
