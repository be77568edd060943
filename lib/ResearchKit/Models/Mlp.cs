using static TorchSharp.torch;
using static TorchSharp.torch.nn;
using Gelu = TorchSharp.Modules.GELU;

namespace ResearchKit.Models;

/// <summary>The position-wise feed-forward network: down(act(up x)), or gated, down(act(gate x) * up x).</summary>
internal sealed class Mlp : NamedModule
{
    private readonly Activation activation;
    private readonly Projection up, down;
    private readonly Projection? gate;

    internal Mlp(ModelConfig config, Weights weights) : base(nameof(Mlp))
    {
        activation = config.Activation;
        var (width, inner, gpt2) = (config.HiddenSize, config.IntermediateSize, config.Family == ModelFamily.Gpt2);
        if (config.GatedMlp) register_module("gate_proj", gate = new Projection(width, inner, config.MlpBias, gpt2, config.InitializerRange, weights));
        up = new Projection(width, inner, config.MlpBias, gpt2, config.InitializerRange, weights);
        down = new Projection(inner, width, config.MlpBias, gpt2, config.ResidualDeviation, weights);
        register_module(gpt2 ? "c_fc" : "up_proj", up);
        register_module(gpt2 ? "c_proj" : "down_proj", down);
    }

    /// <summary>[...,D] to [...,D].</summary>
    internal Tensor Forward(Tensor x) =>
        down.Forward(gate is null ? Activate(up.Forward(x)) : Activate(gate.Forward(x)).mul(up.Forward(x)));

    private Tensor Activate(Tensor x) => activation switch
    {
        Activation.GeluTanh => functional.gelu(x, Gelu.Approximate.tanh),
        Activation.Gelu => functional.gelu(x),
        Activation.Relu => functional.relu(x),
        _ => functional.silu(x),
    };
}
