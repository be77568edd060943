using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Preference;

/// <summary>Small seeded float64 tensors for loss tests.</summary>
internal static class Vectors
{
    internal static Tensor Of(params double[] values) => tensor(values);

    internal static Tensor Normal(ulong seed, params long[] shape)
    {
        var rng = new Rng(seed);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => rng.NextNormal())], shape);
    }

    internal static double[] Values(this Tensor values) => values.detach().contiguous().data<double>().ToArray();

    /// <summary>d mean(loss) / d inputs by central differences, one list per input.</summary>
    internal static double[][] FiniteDifferences(double[][] inputs, Func<Tensor[], Tensor> loss)
    {
        const double step = 1e-5;
        double At(int input, int index, double shift)
        {
            var moved = inputs.Select(values => (double[])values.Clone()).ToArray();
            moved[input][index] += shift;
            using var scope = NewDisposeScope();
            return loss([.. moved.Select(values => tensor(values))]).item<double>();
        }
        return [.. inputs.Select((values, i) => values.Select((_, j) => (At(i, j, step) - At(i, j, -step)) / (2 * step)).ToArray())];
    }

    /// <summary>The same by autograd.</summary>
    internal static double[][] Gradients(double[][] inputs, Func<Tensor[], Tensor> loss)
    {
        using var scope = NewDisposeScope();
        var leaves = inputs.Select(values => tensor(values).requires_grad_(true)).ToArray();
        loss(leaves).backward();
        return [.. leaves.Select(leaf => (leaf.grad ?? zeros_like(leaf)).Values())];
    }

    internal static void AssertClose(double[][] expected, double[][] actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            for (var j = 0; j < expected[i].Length; j++) Assert.Equal(expected[i][j], actual[i][j], tolerance);
        }
    }
}
