using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>Makes parameters: on the CPU first, so that a seed gives the same weights on every device.</summary>
/// <param name="generator">The source of normal numbers; null leaves weights unset, for a model about to be loaded.</param>
/// <param name="device">Where they live.</param>
/// <param name="dtype">Their element type.</param>
internal sealed class Weights(Generator? generator, Device device, ScalarType dtype)
{
    internal Parameter Normal(double deviation, params long[] shape)
    {
        if (generator is null) return new Parameter(empty(shape, dtype, device));
        var drawn = empty(shape, ScalarType.Float32, generator.device).normal_(0, deviation, generator);
        return Own(drawn);
    }

    internal Parameter Uniform(double bound, params long[] shape)
    {
        if (generator is null) return new Parameter(empty(shape, dtype, device));
        var drawn = rand(shape, ScalarType.Float32, generator.device, generator: generator).mul_(2 * bound).sub_(bound);
        return Own(drawn);
    }

    internal Parameter Constant(double value, params long[] shape) => new(full(shape, value, dtype, device));

    private Parameter Own(Tensor drawn)
    {
        var moved = drawn.to(dtype, device);
        if (!ReferenceEquals(moved, drawn)) drawn.Dispose();
        return new Parameter(moved);
    }
}
