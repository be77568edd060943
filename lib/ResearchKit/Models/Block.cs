using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>One pre-norm transformer block: x + attention(norm x), then x + mlp(norm x).</summary>
internal sealed class Block : NamedModule
{
    private readonly Norm beforeAttention, beforeMlp;
    private readonly Attention attention;
    private readonly Mlp mlp;

    internal Block(ModelConfig config, int layer, Weights weights) : base(nameof(Block))
    {
        var gpt2 = config.Family == ModelFamily.Gpt2;
        beforeAttention = new Norm(config.HiddenSize, config.LayerNorm, config.NormEpsilon, weights);
        attention = new Attention(config, layer, weights);
        beforeMlp = new Norm(config.HiddenSize, config.LayerNorm, config.NormEpsilon, weights);
        mlp = new Mlp(config, weights);
        register_module(gpt2 ? "ln_1" : "input_layernorm", beforeAttention);
        register_module(gpt2 ? "attn" : "self_attn", attention);
        register_module(gpt2 ? "ln_2" : "post_attention_layernorm", beforeMlp);
        register_module("mlp", mlp);
    }

    /// <summary>[B,T,D] to [B,T,D].</summary>
    internal Tensor Forward(Tensor x, AttentionPlan plan, KeyValueCache? cache)
    {
        using var scope = NewDisposeScope();
        var attended = x.add(attention.Forward(beforeAttention.Forward(x), plan, cache));
        return attended.add(mlp.Forward(beforeMlp.Forward(attended))).MoveToOuterDisposeScope();
    }
}
