using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>LayerNorm (weight and bias) or RMSNorm (weight alone, Zhang and Sennrich 2019) over the last dimension.</summary>
internal sealed class Norm : NamedModule
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly double epsilon;
    private readonly long[] shape;

    internal Norm(int size, bool centred, double epsilon, Weights weights) : base(nameof(Norm))
    {
        this.epsilon = epsilon;
        shape = [size];
        weight = weights.Constant(1, size);
        register_parameter("weight", weight);
        if (!centred) return;
        bias = weights.Constant(0, size);
        register_parameter("bias", bias);
    }

    internal Tensor Forward(Tensor x)
    {
        if (bias is not null) return functional.layer_norm(x, shape, weight, bias, epsilon);
        // The mean square is taken in float32 also for half-precision weights, as the official code does.
        var wide = x.dtype is ScalarType.BFloat16 or ScalarType.Float16 ? x.to(ScalarType.Float32) : x;
        var scale = wide.square().mean([-1], keepdim: true).add(epsilon).rsqrt();
        var normed = wide.mul(scale);
        return weight.mul(ReferenceEquals(wide, x) ? normed : normed.to(x.dtype));
    }
}
