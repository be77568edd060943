using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ResearchKit.Models;

/// <summary>
/// y = x W^T + b with W stored [out,in], or y = x W + b with W stored [in,out] (GPT-2's Conv1D); with a low-rank
/// adapter (<see cref="LoraAdapter"/>) while one is attached.
/// </summary>
internal sealed class Projection : NamedModule
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private Tensor? unmerged; // the weight without the adapter, while it is merged

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

    /// <summary>The adapter's weights while one is attached.</summary>
    internal LoraWeights? Lora { get; private set; }

    /// <summary>[...,in] to [...,out].</summary>
    internal Tensor Forward(Tensor x)
    {
        var y = functional.linear(x, InputsFirst ? weight.t() : weight, bias);
        return Lora is { Enabled: true } lora && unmerged is null ? y.add(lora.Forward(x)) : y;
    }

    internal void AddLora(LoraOptions options, Weights weights)
    {
        Lora = new LoraWeights(Inputs, Outputs, options, weights);
        register_module("lora_A", Lora.Down);
        register_module("lora_B", Lora.Up);
    }

    internal void RemoveLora()
    {
        register_module("lora_A", null!);
        register_module("lora_B", null!);
        Lora?.Down.Dispose();
        Lora?.Up.Dispose();
        Lora = null;
    }

    internal void Merge()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        unmerged = weight.clone().DetachFromDisposeScope();
        var delta = Lora!.Delta();
        weight.add_(InputsFirst ? delta.t() : delta);
    }

    /// <summary>Puts the kept weights back: subtracting the update again would round.</summary>
    internal void Unmerge()
    {
        using var noGrad = no_grad();
        weight.copy_(unmerged!);
        unmerged!.Dispose();
        unmerged = null;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) unmerged?.Dispose();
        base.Dispose(disposing);
    }
}
