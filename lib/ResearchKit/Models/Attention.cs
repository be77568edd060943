using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>Causal self-attention with grouped key and value heads; names as in Hugging Face's GPT-2 and Llama code.</summary>
internal sealed class Attention : NamedModule
{
    private readonly ModelConfig config;
    private readonly int layer;
    private readonly int? window;
    private readonly Projection? fused, query, key, value;
    private readonly Projection output;
    private readonly Norm? queryNorm, keyNorm;

    internal Attention(ModelConfig config, int layer, Weights weights) : base(nameof(Attention))
    {
        (this.config, this.layer, window) = (config, layer, config.WindowOf(layer));
        var (width, deviation) = (config.HiddenSize, config.InitializerRange);
        var (queries, keys) = (config.Heads * config.HeadSize, config.KeyValueHeads * config.HeadSize);
        var gpt2 = config.Family == ModelFamily.Gpt2;
        if (gpt2)
        {
            register_module("c_attn", fused = new Projection(width, queries + 2 * keys, config.QueryKeyValueBias, inputsFirst: true, deviation, weights));
        }
        else
        {
            register_module("q_proj", query = new Projection(width, queries, config.QueryKeyValueBias, inputsFirst: false, deviation, weights));
            register_module("k_proj", key = new Projection(width, keys, config.QueryKeyValueBias, inputsFirst: false, deviation, weights));
            register_module("v_proj", value = new Projection(width, keys, config.QueryKeyValueBias, inputsFirst: false, deviation, weights));
        }
        output = new Projection(queries, width, config.AttentionOutputBias, gpt2, config.ResidualDeviation, weights);
        register_module(gpt2 ? "c_proj" : "o_proj", output);
        if (!config.QueryKeyNorm) return;
        register_module("q_norm", queryNorm = new Norm(config.HeadSize, centred: false, config.NormEpsilon, weights));
        register_module("k_norm", keyNorm = new Norm(config.HeadSize, centred: false, config.NormEpsilon, weights));
    }

    /// <summary>[B,T,D] to [B,T,D].</summary>
    internal Tensor Forward(Tensor x, AttentionPlan plan, KeyValueCache? cache)
    {
        var (rows, length) = (x.shape[0], x.shape[1]);
        var (q, k, v) = fused is not null ? Split(fused.Forward(x)) : (Heads(query!, queryNorm), Heads(key!, keyNorm), Heads(value!, null));
        if (plan.Cos is { } cos && plan.Sin is { } sin)
        {
            q = RotaryTable.Rotate(q, cos, sin);
            k = RotaryTable.Rotate(k, cos, sin);
        }
        if (cache is not null) (k, v) = cache.Append(layer, k, v);
        var mixed = plan.Attend(q, k, v, window);                              // [B,H,T,d]
        return output.Forward(mixed.transpose(1, 2).reshape(rows, length, -1)); // [B,T,D]

        Tensor Heads(Projection projection, Norm? norm)
        {
            var heads = Apart(projection.Forward(x));
            return (norm is null ? heads : norm.Forward(heads)).transpose(1, 2); // [B,H,T,d]
        }

        (Tensor, Tensor, Tensor) Split(Tensor all)
        {
            var parts = all.split(config.HiddenSize, -1); // 3 of [B,T,D]
            return (Apart(parts[0]).transpose(1, 2), Apart(parts[1]).transpose(1, 2), Apart(parts[2]).transpose(1, 2));
        }

        Tensor Apart(Tensor joined) => joined.view(rows, length, -1, config.HeadSize); // [B,T,H,d]
    }
}
