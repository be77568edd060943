using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// A decoder-only language model: GPT-2, Llama, Mistral, Qwen2 or Qwen3 by configuration. Its named parameters bear
/// the names of Hugging Face's files, in a stable order. There is no dropout: preference training runs without it, and
/// the published configurations' rates are ignored.
/// </summary>
public sealed class CausalLM : NamedModule
{
    private readonly Decoder decoder;
    private readonly Projection? output;
    private readonly RotaryTable? rotary;

    private CausalLM(ModelConfig config, Weights weights) : base(nameof(CausalLM))
    {
        Config = config;
        decoder = new Decoder(config, weights);
        rotary = config.LearnedPositions ? null : new RotaryTable(config);
        register_module(config.Family == ModelFamily.Gpt2 ? "transformer" : "model", decoder);
        if (config.TiedEmbeddings) return;
        output = new Projection(config.HiddenSize, config.VocabSize, hasBias: false, inputsFirst: false, config.InitializerRange, weights);
        register_module("lm_head", output);
    }

    /// <summary>The model's shape.</summary>
    public ModelConfig Config { get; }

    /// <summary>The device of the weights.</summary>
    public Device Device => decoder.Embeddings.device;

    /// <summary>The element type of the weights.</summary>
    public ScalarType Dtype => decoder.Embeddings.dtype;

    /// <summary>The attached low-rank adapter, if any.</summary>
    public LoraAdapter? Adapter { get; internal set; }

    /// <summary>
    /// A model with fresh weights: N(0, <see cref="ModelConfig.InitializerRange"/>), those that write into the residual
    /// stream scaled by 1/sqrt(2L) (Radford et al. 2019), biases 0, norms 1.
    /// </summary>
    /// <param name="config">The shape.</param>
    /// <param name="generator">The source of the weights; the same seed gives the same weights on every device.</param>
    /// <param name="device">Where the weights live; the CPU by default.</param>
    /// <exception cref="ModelException">No model of this shape can exist.</exception>
    public static CausalLM Create(ModelConfig config, Generator generator, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentNullException.ThrowIfNull(generator);
        config.Validate();
        return Build(config, new Weights(generator, device ?? CPU, ScalarType.Float32));
    }

    /// <summary>A model whose weights are still to be filled in (a checkpoint's reader does).</summary>
    internal static CausalLM CreateUnset(ModelConfig config, Device device, ScalarType dtype)
    {
        config.Validate();
        return Build(config, new Weights(null, device, dtype));
    }

    /// <summary>Next-token logits.</summary>
    /// <param name="ids">Token ids [B,T], int64, on the model's device.</param>
    /// <param name="attentionMask">
    /// 1 on real tokens, 0 on padding [B,T]; position ids follow from it (cumsum - 1). Null means that nothing but
    /// padding on the right is there, which a causal model needs no mask for: the logits of real tokens do not depend
    /// on it. Logits at padded positions are arbitrary, never NaN. With a cache the mask covers the new ids only: cached
    /// tokens keep theirs.
    /// </param>
    /// <param name="cache">Keys and values of earlier tokens, to which these are added; only without gradients.</param>
    /// <returns>Logits [B,T,V]: position t scores token t+1.</returns>
    /// <exception cref="ModelException">Too many tokens, a mask of another shape, a cache under gradients.</exception>
    public Tensor Forward(Tensor ids, Tensor? attentionMask = null, KeyValueCache? cache = null)
    {
        using var scope = NewDisposeScope();
        return Logits(Hidden(ids, attentionMask, cache)).MoveToOuterDisposeScope();
    }

    /// <summary>Hidden states after the final norm; arguments as for <see cref="Forward"/>.</summary>
    /// <returns>[B,T,D].</returns>
    public Tensor Hidden(Tensor ids, Tensor? attentionMask = null, KeyValueCache? cache = null)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.dim() != 2 || ids.shape[1] == 0 || ids.dtype != ScalarType.Int64)
            throw new ModelException($"Token ids are [{string.Join(',', ids.shape)}] {ids.dtype}; expected [B,T] Int64 with at least one token.");
        var total = (cache?.Length ?? 0) + ids.shape[1];
        if (total > Config.MaxPositions)
            throw new ModelException($"The row holds {total} tokens; the model has {Config.MaxPositions} positions. Cut the text or use a model with more.");
        if (cache is not null && is_grad_enabled())
            throw new ModelException("A key-value cache carries no gradient; call the model inside torch.no_grad(), or without a cache.");

        using var scope = NewDisposeScope();
        cache?.Reserve(ids.shape[1]);
        var real = AttentionPlan.NeededMask(ids, attentionMask, cache);
        var plan = AttentionPlan.Create(Config, ids, real, cache, rotary, Dtype);
        var hidden = decoder.Forward(ids, plan, cache);
        cache?.Advance(ids.shape[1], real);
        return hidden.MoveToOuterDisposeScope();
    }

    /// <summary>Logits [...,V] of hidden states [...,D].</summary>
    public Tensor Logits(Tensor hidden) =>
        output is not null ? output.Forward(hidden) : nn.functional.linear(hidden, decoder.Embeddings);

    /// <summary>A deep copy with parameters of its own, trainable where this model's are; an adapter is copied too, a merged one is part of the weights.</summary>
    public CausalLM Copy()
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var copy = CreateUnset(Config, Device, Dtype);
        foreach (var ((_, target), (_, source)) in copy.BaseParameters().Zip(BaseParameters()))
        {
            target.copy_(source);
            target.requires_grad = source.requires_grad;
        }
        if (Adapter is { Merged: false } adapter) adapter.CopyTo(copy);
        copy.train(training);
        return copy;
    }

    /// <summary>A deep copy that does not train: a reference model.</summary>
    public CausalLM FrozenCopy()
    {
        var copy = Copy();
        foreach (var parameter in copy.parameters()) parameter.requires_grad = false;
        copy.eval();
        return copy;
    }

    /// <summary>The token embedding [V,D].</summary>
    internal Parameter Embeddings => decoder.Embeddings;

    /// <summary>All parameters but an adapter's, in the files' order.</summary>
    internal IEnumerable<(string Name, Parameter Parameter)> BaseParameters() =>
        named_parameters().Where(item => !item.name.Contains(".lora_", StringComparison.Ordinal));

    /// <summary>All projections of the blocks, and the output layer where it is not tied, by name.</summary>
    internal IEnumerable<(string Name, Projection Projection)> Projections() =>
        named_modules().Where(item => item.module is Projection).Select(item => (item.name, (Projection)item.module));

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) rotary?.Dispose();
        base.Dispose(disposing);
    }

    private static CausalLM Build(ModelConfig config, Weights weights)
    {
        using var scope = NewDisposeScope();
        var model = new CausalLM(config, weights);
        foreach (var parameter in model.parameters()) parameter.DetachFromDisposeScope();
        return model;
    }
}
