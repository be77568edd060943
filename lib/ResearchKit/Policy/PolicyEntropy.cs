using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>The entropy of a policy's next-token distributions.</summary>
public static class PolicyEntropy
{
    /// <summary>H = log Σ e^z − Σ p z at each position, in nats: logits [...,V] to [...].</summary>
    /// <remarks>Logits cut off by a restriction must be finite (the type's lowest number), as the kit's are: 0 · −∞ is not a number.</remarks>
    public static Tensor Of(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return (logits.logsumexp(-1) - (logits.softmax(-1) * logits).sum(-1)).MoveToOuterDisposeScope();
    }
}
