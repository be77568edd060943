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
        var (query, keyValue) = layer.Project(layer.BeforeAttention.Forward(x), config.HeadSize, config.HiddenSize, plan); // [N,H,d], [N,2·Hkv,d]
        // Parts, not slices: the gradient of a slice is a whole tensor of zeros around it.
        var (queries, keyValues) = (query.split(plan.Cut), keyValue.split(plan.Cut));
        var answers = plan.AnswersAttend(queries[1], keyValues[0], keyValues[1]);                // [G·B·A,H·d]
        var attended = last ? answers : cat([plan.PrefixAttends(queries[0], keyValues[0]), answers]);
        var kept = last ? x.split(plan.Cut)[1] : x;
        var mixed = kept.add(layer.Output.Forward(attended));
        return mixed.add(layer.Mlp.Forward(layer.BeforeMlp.Forward(mixed))).MoveToOuterDisposeScope();
    }

    private sealed record SharedLayer(
        Norm BeforeAttention, Norm BeforeMlp, Projection? Fused, Projection? Query, Projection? Key, Projection? Value,
        Norm? QueryNorm, Norm? KeyNorm, Projection Output, Mlp Mlp)
    {
        /// <summary>[N,D] to queries [N,H,d], and keys with the values after them [N,2·Hkv,d]; both turned by their positions.</summary>
        internal (Tensor Query, Tensor KeyValue) Project(Tensor x, int headSize, int width, SharedPlan plan)
        {
            if (Fused is not null)
            {
                var parts = Fused.Forward(x).split([width, 2 * width], -1);
                return (Heads(parts[0]), Heads(parts[1]));
            }
            var (query, key) = (Heads(Query!.Forward(x)), Heads(Key!.Forward(x)));
            (query, key) = (plan.Turn(QueryNorm?.Forward(query) ?? query), plan.Turn(KeyNorm?.Forward(key) ?? key));
            return (query, cat([key, Heads(Value!.Forward(x))], 1));

            Tensor Heads(Tensor joined) => joined.view(joined.shape[0], -1, headSize);
        }
    }

    /// <summary>What all layers share: where tokens stand, and what answers may see.</summary>
    private sealed class SharedPlan
    {
        private readonly long prompts, group, prefix, answer, repeats;
        private readonly Tensor mask;
        private readonly Tensor? cos, sin;

        internal SharedPlan(SharedPromptBatch batch, ModelConfig config, RotaryTable? rotary, Tensor weights)
        {
            (prompts, group, prefix, answer) = (batch.Prompts, batch.Answers, batch.Prefix.shape[1], batch.Inputs.shape[1]);
            (Cut, repeats) = ([prompts * prefix, group * prompts * answer], config.Heads / config.KeyValueHeads);
            var (device, type) = (weights.device, weights.dtype);
            var lengths = tensor(batch.PrefixLengths.Select(length => (long)length).ToArray(), [1, prompts, 1], device: device);
            var own = arange(answer, ScalarType.Int64, device).add(lengths).expand(group, prompts, answer); // [G,B,A]
            Positions = cat([arange(prefix, ScalarType.Int64, device).expand(prompts, prefix).reshape(-1), own.reshape(-1)]);
            if (rotary is not null)
            {
                var table = rotary.Get(prefix + answer, device, type);
                (cos, sin) = (table.Cos.index_select(0, Positions).unsqueeze(1), table.Sin.index_select(0, Positions).unsqueeze(1)); // [N,1,d]
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

        /// <summary>Tokens of all prefixes, then of all answers.</summary>
        internal long[] Cut { get; }

        /// <summary>Position of each flat token [N].</summary>
        internal Tensor Positions { get; }

        /// <summary>Queries or keys [N,H,d] turned by their positions, where positions are rotary.</summary>
        internal Tensor Turn(Tensor heads) => cos is null ? heads : RotaryTable.Rotate(heads, cos, sin!);

        internal Tensor PrefixAttends(Tensor query, Tensor keyValue)
        {
            Tensor Rows(Tensor flat) => flat.view(prompts, prefix, flat.shape[1], flat.shape[2]).transpose(1, 2); // [B,H,P,d]
            var seen = Rows(keyValue).chunk(2, 1);
            var mixed = nn.functional.scaled_dot_product_attention(Rows(query), Repeated(seen[0]), Repeated(seen[1]), is_casual: true);
            return mixed.transpose(1, 2).reshape(prompts * prefix, -1);
        }

        internal Tensor AnswersAttend(Tensor query, Tensor prefixKeyValue, Tensor keyValue)
        {
            var (rows, heads, size) = (group * prompts, keyValue.shape[1], keyValue.shape[2]);
            var shared = prefixKeyValue.view(1, prompts, prefix, heads, size).expand(group, prompts, prefix, heads, size);
            var seen = cat([shared, keyValue.view(group, prompts, answer, heads, size)], 2).view(rows, prefix + answer, heads, size).transpose(1, 2).chunk(2, 1); // [G·B,Hkv,P+A,d] each
            var own = query.view(rows, answer, query.shape[1], size).transpose(1, 2);
            return nn.functional.scaled_dot_product_attention(own, Repeated(seen[0]), Repeated(seen[1]), mask).transpose(1, 2).reshape(rows * answer, -1);
        }

        private Tensor Repeated(Tensor keys) => repeats > 1 ? keys.repeat_interleave(repeats, 1) : keys;
    }
}
