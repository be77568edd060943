using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>
/// y = x W^T + b with W stored [out,in], or y = x W + b with W stored [in,out] (GPT-2's Conv1D); with a low-rank
/// adapter (LoRA) while one is attached.
/// </summary>
internal sealed class Projection : NamedModule
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    internal Projection(int inputs, int outputs, bool hasBias, bool inputsFirst, double deviation, Weights weights) : base(nameof(Projection))
    {
        (Inputs, Outputs, InputsFirst) = (inputs, outputs, inputsFirst);
        weight = inputsFirst ? weights.Normal(deviation, inputs, outputs) : weights.Normal(deviation, outputs, inputs);
        register_parameter("weight", weight);
        if (!hasBias) return;
        bias = weights.Constant(0, outputs);
        register_parameter("bias", bias);
    }

    internal int Inputs { get; }

    internal int Outputs { get; }

    /// <summary>True where the weight is stored [in,out].</summary>
    internal bool InputsFirst { get; }

    internal Parameter Weight => weight;

    /// <summary>[...,in] to [...,out].</summary>
    internal Tensor Forward(Tensor x) => functional.linear(x, InputsFirst ? weight.t() : weight, bias);
}
