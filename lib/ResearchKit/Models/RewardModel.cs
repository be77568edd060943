using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>A language model's body with a scalar head: one module, for training and for its parameters.</summary>
public sealed class RewardModel : NamedModule
{
    /// <summary>Joins the two; the result owns both.</summary>
    public RewardModel(CausalLM body, ScalarHead head) : base(nameof(RewardModel))
    {
        ArgumentNullException.ThrowIfNull(body);
        ArgumentNullException.ThrowIfNull(head);
        (Body, Head) = (body, head);
        register_module("body", body);
        register_module("head", head);
    }

    /// <summary>The language model; its output layer is unused, and gets no gradient where it is not tied.</summary>
    public CausalLM Body { get; }

    /// <summary>The head.</summary>
    public ScalarHead Head { get; }

    /// <summary>The reward of each row [B], at its last real token.</summary>
    /// <param name="ids">Token ids [B,T].</param>
    /// <param name="attentionMask">1 on real tokens [B,T]; null where nothing is padded.</param>
    public Tensor Rewards(Tensor ids, Tensor? attentionMask = null)
    {
        using var scope = NewDisposeScope();
        return Head.LastToken(Body.Hidden(ids, attentionMask), attentionMask).MoveToOuterDisposeScope();
    }

    /// <summary>The value at each token [B,T]; meaningless on padding.</summary>
    public Tensor Values(Tensor ids, Tensor? attentionMask = null)
    {
        using var scope = NewDisposeScope();
        return Head.PerToken(Body.Hidden(ids, attentionMask)).MoveToOuterDisposeScope();
    }

    /// <summary>A deep copy with parameters of its own, trainable where this model's are.</summary>
    public RewardModel Copy() => new(Body.Copy(), Head.Copy());

    /// <summary>A deep copy that does not train.</summary>
    public RewardModel FrozenCopy()
    {
        var copy = Copy();
        foreach (var parameter in copy.parameters()) parameter.requires_grad = false;
        copy.eval();
        return copy;
    }
}
