using System.Runtime.CompilerServices;
using TorchSharp.Modules;
using ResearchKit.Data;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// The hidden states that score a group's answers, each prompt computed once: all tokens go through the linear layers as one
/// flat list, and every answer attends to its prompt's keys and to its own. The last layer computes nothing of a prompt but
/// its keys and values. Equal to the plain pass over whole rows up to rounding, values and gradients.
/// </summary>
internal sealed class SharedPromptForward
{
    // Nobody disposes a table: it goes when its model's configuration does. All else is read from the model at each pass,
    // for a model that moves to another device or type, or takes an adapter, has other parameters afterwards.
    private static readonly ConditionalWeakTable<ModelConfig, RotaryTable> Rotary = [];

    private readonly ModelConfig config;
    private readonly SharedLayer[] layers;
    private readonly Norm final;
    private readonly Parameter tokens;
    private readonly Parameter? places;

    private SharedPromptForward(CausalLM model)
    {
        config = model.Config;
        var gpt2 = config.Family == ModelFamily.Gpt2;
        var parts = model.named_modules().ToDictionary(item => item.name, item => item.module);
        T Part<T>(string name) where T : NamedModule => (T)parts[name];
        T? Maybe<T>(string name) where T : NamedModule => parts.TryGetValue(name, out var part) ? (T)part : null;
        layers = [.. Enumerable.Range(0, config.Layers).Select(i =>
        {
            var at = gpt2 ? $"transformer.h.{i}" : $"model.layers.{i}";
            var attention = $"{at}.{(gpt2 ? "attn" : "self_attn")}";
            return new SharedLayer(
                Part<Norm>($"{at}.{(gpt2 ? "ln_1" : "input_layernorm")}"), Part<Norm>($"{at}.{(gpt2 ? "ln_2" : "post_attention_layernorm")}"),
                Maybe<Projection>($"{attention}.c_attn"), Maybe<Projection>($"{attention}.q_proj"), Maybe<Projection>($"{attention}.k_proj"), Maybe<Projection>($"{attention}.v_proj"),
                Maybe<Norm>($"{attention}.q_norm"), Maybe<Norm>($"{attention}.k_norm"),
                Part<Projection>($"{attention}.{(gpt2 ? "c_proj" : "o_proj")}"), Part<Mlp>($"{at}.mlp"));
        })];
        final = Part<Norm>(gpt2 ? "transformer.ln_f" : "model.norm");
        tokens = model.Embeddings;
        if (config.LearnedPositions) places = model.BaseParameters().First(item => item.Name == "transformer.wpe.weight").Parameter;
    }

    /// <summary>[G·B,A,D] after the final norm.</summary>
    internal static Tensor Hidden(CausalLM model, SharedPromptBatch batch)
    {
        using var scope = NewDisposeScope();
        return new SharedPromptForward(model).Run(batch).MoveToOuterDisposeScope();
    }

    private Tensor Run(SharedPromptBatch batch)
    {
        var plan = new SharedPlan(batch, config, config.LearnedPositions ? null : Rotary.GetValue(config, of => new RotaryTable(of)), tokens);
        var x = tokens.index_select(0, cat([batch.Prefix.reshape(-1), batch.Inputs.reshape(-1)])); // [N,D]
        if (places is not null) x = x.add(places.index_select(0, plan.Positions));
        for (var i = 0; i < layers.Length; i++)
        {
            using var before = x;
            x = Through(layers[i], before, plan, last: i == layers.Length - 1);
        }
        return final.Forward(x).view(batch.Inputs.shape[0], batch.Inputs.shape[1], -1);
    }

    private Tensor Through(SharedLayer layer, Tensor x, SharedPlan plan, bool last)
    {
        using var scope = NewDisposeScope();
        var (query, key, value) = layer.Project(layer.BeforeAttention.Forward(x), config.HeadSize, config.HiddenSize); // [N,H,d]
        if (plan.Cos is not null)
        {
            query = RotaryTable.Rotate(query, plan.Cos, plan.Sin!);
            key = RotaryTable.Rotate(key, plan.Cos, plan.Sin!);
        }
        var answers = plan.AnswersAttend(query, key, value);                                     // [G·B·A,H·d]
        var attended = last ? answers : cat([plan.PrefixAttends(query, key, value), answers]);
        var kept = last ? x.narrow(0, plan.PrefixTokens, x.shape[0] - plan.PrefixTokens) : x;
        var mixed = kept.add(layer.Output.Forward(attended));
        return mixed.add(layer.Mlp.Forward(layer.BeforeMlp.Forward(mixed))).MoveToOuterDisposeScope();
    }

    private sealed record SharedLayer(
        Norm BeforeAttention, Norm BeforeMlp, Projection? Fused, Projection? Query, Projection? Key, Projection? Value,
        Norm? QueryNorm, Norm? KeyNorm, Projection Output, Mlp Mlp)
    {
        /// <summary>[N,D] to queries, keys and values [N,H,d].</summary>
        internal (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, int headSize, int width)
        {
            if (Fused is not null)
            {
                var parts = Fused.Forward(x).split(width, -1);
                return (Heads(parts[0]), Heads(parts[1]), Heads(parts[2]));
            }
            var (query, key) = (Heads(Query!.Forward(x)), Heads(Key!.Forward(x)));
            return (QueryNorm?.Forward(query) ?? query, KeyNorm?.Forward(key) ?? key, Heads(Value!.Forward(x)));

            Tensor Heads(Tensor joined) => joined.view(joined.shape[0], -1, headSize);
        }
    }

    /// <summary>What all layers share: where tokens stand, and what answers may see.</summary>
    private sealed class SharedPlan
    {
        private readonly long prompts, group, prefix, answer, repeats;
        private readonly Tensor mask;

        internal SharedPlan(SharedPromptBatch batch, ModelConfig config, RotaryTable? rotary, Tensor weights)
        {
            (prompts, group, prefix, answer) = (batch.Prompts, batch.Answers, batch.Prefix.shape[1], batch.Inputs.shape[1]);
            (PrefixTokens, repeats) = (prompts * prefix, config.Heads / config.KeyValueHeads);
            var (device, type) = (weights.device, weights.dtype);
            var lengths = tensor(batch.PrefixLengths.Select(length => (long)length).ToArray(), [1, prompts, 1], device: device);
            var own = arange(answer, ScalarType.Int64, device).add(lengths).expand(group, prompts, answer); // [G,B,A]
            Positions = cat([arange(prefix, ScalarType.Int64, device).expand(prompts, prefix).reshape(-1), own.reshape(-1)]);
            if (rotary is not null)
            {
                var (cos, sin) = rotary.Get(prefix + answer, device, type);
                (Cos, Sin) = (cos.index_select(0, Positions).unsqueeze(1), sin.index_select(0, Positions).unsqueeze(1));
            }
            // An answer sees the real tokens of its prompt and what stands to its own left.
            var later = ones([answer, answer], ScalarType.Bool, device).triu(1);
            if (batch.PrefixLengths.All(length => length == prefix))
            {
                mask = Bias(cat([zeros([answer, prefix], ScalarType.Bool, device), later], 1));
                return;
            }
            var padding = arange(prefix, ScalarType.Int64, device).ge(lengths.view(prompts, 1));            // [B,P]
            mask = Bias(cat([padding.view(1, prompts, 1, 1, prefix).expand(group, prompts, 1, answer, prefix), later.expand(group, prompts, 1, answer, answer)], -1)
                .reshape(group * prompts, 1, answer, prefix + answer));

            Tensor Bias(Tensor blocked) => zeros(blocked.shape, type, device).masked_fill_(blocked, finfo(type).min);
        }

        internal long PrefixTokens { get; }

        /// <summary>Position of each flat token [N].</summary>
        internal Tensor Positions { get; }

        /// <summary>Rotary cosines [N,1,d].</summary>
        internal Tensor? Cos { get; }

        internal Tensor? Sin { get; }

        internal Tensor PrefixAttends(Tensor query, Tensor key, Tensor value)
        {
            Tensor Rows(Tensor flat) => flat.narrow(0, 0, PrefixTokens).view(prompts, prefix, flat.shape[1], flat.shape[2]).transpose(1, 2); // [B,H,P,d]
            var mixed = nn.functional.scaled_dot_product_attention(Rows(query), Repeated(Rows(key)), Repeated(Rows(value)), is_casual: true);
            return mixed.transpose(1, 2).reshape(PrefixTokens, -1);
        }

        internal Tensor AnswersAttend(Tensor query, Tensor key, Tensor value)
        {
            Tensor Own(Tensor flat) => flat.narrow(0, PrefixTokens, flat.shape[0] - PrefixTokens);
            var rows = group * prompts;
            Tensor Seen(Tensor flat)
            {
                var (heads, size) = (flat.shape[1], flat.shape[2]);
                var shared = flat.narrow(0, 0, PrefixTokens).view(1, prompts, prefix, heads, size).expand(group, prompts, prefix, heads, size);
                return Repeated(cat([shared, Own(flat).view(group, prompts, answer, heads, size)], 2).view(rows, prefix + answer, heads, size).transpose(1, 2)); // [G·B,H,P+A,d]
            }
            var own = Own(query).view(rows, answer, query.shape[1], query.shape[2]).transpose(1, 2);
            return nn.functional.scaled_dot_product_attention(own, Seen(key), Seen(value), mask).transpose(1, 2).reshape(rows * answer, -1);
        }

        private Tensor Repeated(Tensor keys) => repeats > 1 ? keys.repeat_interleave(repeats, 1) : keys;
    }
}
