using System.Runtime.InteropServices;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>Embeddings, blocks and the final norm: token ids to hidden states.</summary>
internal sealed class Decoder : NamedModule
{
    private readonly Embedding tokens;
    private readonly Embedding? positions;
    private readonly Block[] blocks;
    private readonly Norm final;

    internal Decoder(ModelConfig config, Weights weights) : base(nameof(Decoder))
    {
        var gpt2 = config.Family == ModelFamily.Gpt2;
        register_module(gpt2 ? "wte" : "embed_tokens", tokens = new Embedding(config.VocabSize, config, weights));
        if (config.LearnedPositions) register_module("wpe", positions = new Embedding(config.MaxPositions, config, weights));
        blocks = [.. Enumerable.Range(0, config.Layers).Select(layer => new Block(config, layer, weights))];
        register_module(gpt2 ? "h" : "layers", new BlockList(blocks));
        register_module(gpt2 ? "ln_f" : "norm", final = new Norm(config.HiddenSize, config.LayerNorm, config.NormEpsilon, weights));
    }

    /// <summary>The token embedding [V,D].</summary>
    internal Parameter Embeddings => tokens.Weight;

    /// <summary>[B,T] to [B,T,D], after the final norm.</summary>
    internal Tensor Forward(Tensor ids, AttentionPlan plan, KeyValueCache? cache)
    {
        var x = Embed(ids); // [B,T,D]
        if (positions is not null)
            x = x.add(plan.Positions is null ? positions.Weight.narrow(0, plan.Past, ids.shape[1]) : positions.Forward(plan.Positions));
        foreach (var block in blocks)
        {
            using var before = x; // frees the handle at once; autograd keeps what its backward needs
            x = block.Forward(before, plan, cache);
        }
        return final.Forward(x);
    }

    private Tensor Embed(Tensor ids)
    {
        try
        {
            return tokens.Forward(ids);
        }
        catch (ExternalException error)
        {
            var (low, high) = (ids.min().item<long>(), ids.max().item<long>());
            var count = tokens.Weight.shape[0];
            if (low >= 0 && high < count) throw;
            throw new ModelException($"The token ids reach from {low} to {high}; the model's ids are 0 to {count - 1}. Is the tokenizer the model's own?", error);
        }
    }

    private sealed class Embedding : NamedModule
    {
        private readonly Parameter weight;

        internal Embedding(int count, ModelConfig config, Weights weights) : base(nameof(Embedding)) =>
            register_parameter("weight", weight = weights.Normal(config.InitializerRange, count, config.HiddenSize));

        internal Parameter Weight => weight;

        /// <summary>Rows of the table: [B,T] to [B,T,D].</summary>
        internal Tensor Forward(Tensor ids) => weight.index_select(0, ids.reshape(-1)).view(ids.shape[0], ids.shape[1], -1);
    }

    /// <summary>Numbers the blocks 0, 1, ... in the parameters' names.</summary>
    private sealed class BlockList : NamedModule
    {
        internal BlockList(Block[] blocks) : base(nameof(BlockList))
        {
            for (var i = 0; i < blocks.Length; i++) register_module(i.ToString(System.Globalization.CultureInfo.InvariantCulture), blocks[i]);
        }
    }
}
