using ResearchKit.Reward;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Reward;

public sealed class InfoNceLossTests
{
    [Fact]
    public void It_is_the_cross_entropy_of_the_cosines()
    {
        double[][] a = [[1, 0], [1, 1]], b = [[2, 0], [0, 3]];
        double Cosine(double[] x, double[] y) => (x[0] * y[0] + x[1] * y[1]) / Math.Sqrt((x[0] * x[0] + x[1] * x[1]) * (y[0] * y[0] + y[1] * y[1]));
        double[] expected = [.. a.Select((x, i) => Math.Log(b.Sum(y => Math.Exp(Cosine(x, y) / 0.5))) - Cosine(x, b[i]) / 0.5)];

        var losses = InfoNceLoss.Compute(tensor(new double[,] { { 1, 0 }, { 1, 1 } }), tensor(new double[,] { { 2, 0 }, { 0, 3 } }), 0.5);

        Assert.Equal(expected[0], losses[0].item<double>(), 1e-12);
        Assert.Equal(expected[1], losses[1].item<double>(), 1e-12);
    }

    [Fact]
    public void Its_gradient_is_that_of_finite_differences()
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator(5, CPU);
        var x = randn([4, 3], ScalarType.Float64, generator: generator).requires_grad_();
        var y = randn([4, 3], ScalarType.Float64, generator: generator);
        InfoNceLoss.Compute(x, y, 0.3).mean().backward();
        var direction = randn([4, 3], ScalarType.Float64, generator: generator);
        double At(double step) => InfoNceLoss.Compute(x.detach() + step * direction, y, 0.3).mean().item<double>();

        Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, (x.grad! * direction).sum().item<double>(), 1e-7);
    }

    [Fact]
    public void A_zero_vector_is_near_to_none_and_wrong_shapes_or_temperatures_are_refused()
    {
        Assert.Equal(Math.Log(2), InfoNceLoss.Compute(zeros(2, 3), ones(2, 3), 1)[0].item<float>(), 1e-6);
        Assert.Contains("[N,D] of both", Assert.Throws<ArgumentException>(() => InfoNceLoss.Compute(ones(2, 3), ones(3, 3), 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => InfoNceLoss.Compute(ones(2, 3), ones(2, 3), 0));
    }
}
