using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>A and B of one projection.</summary>
internal sealed class LoraWeights
{
    private readonly double scale;

    internal LoraWeights(int inputs, int outputs, LoraOptions options, Weights weights)
    {
        scale = options.Scale;
        Down = new Matrix(weights.Uniform(1 / Math.Sqrt(inputs), options.Rank, inputs));
        Up = new Matrix(weights.Constant(0, outputs, options.Rank));
    }

    /// <summary>lora_A.</summary>
    internal NamedModule Down { get; }

    /// <summary>lora_B.</summary>
    internal NamedModule Up { get; }

    /// <summary>[r,in].</summary>
    internal Parameter A => ((Matrix)Down).Weight;

    /// <summary>[out,r].</summary>
    internal Parameter B => ((Matrix)Up).Weight;

    internal bool Enabled { get; set; } = true;

    /// <summary>(alpha / r) B A x: [...,in] to [...,out].</summary>
    internal Tensor Forward(Tensor x) => functional.linear(functional.linear(x, A), B).mul(scale);

    /// <summary>(alpha / r) B A, [out,in].</summary>
    internal Tensor Delta() => B.matmul(A).mul(scale);

    private sealed class Matrix : NamedModule
    {
        private readonly Parameter weight;

        internal Matrix(Parameter values) : base(nameof(Matrix))
        {
            values.DetachFromDisposeScope();
            register_parameter("weight", weight = values);
        }

        internal Parameter Weight => weight;
    }
}
