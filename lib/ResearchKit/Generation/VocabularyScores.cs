using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>What one pass over the vocabulary gives for each scored token, all of one shape and in nats.</summary>
/// <param name="LogProbs">log p of the token that stands there.</param>
/// <param name="Entropy">Entropy of the next-token distribution; null where it was not asked for.</param>
/// <param name="ForwardKl">KL(π_ref ‖ π); null where no reference was given. No gradient flows into the reference.</param>
public sealed record VocabularyScores(Tensor LogProbs, Tensor? Entropy, Tensor? ForwardKl)
{
    /// <summary>The same through a function of each tensor, as a change of shape.</summary>
    internal VocabularyScores Select(Func<Tensor, Tensor> change) =>
        new(change(LogProbs), Entropy is null ? null : change(Entropy), ForwardKl is null ? null : change(ForwardKl));
}

/// <summary>A frozen reference's side of a forward KL: the hidden states of the same tokens, and its output layer.</summary>
/// <param name="Hidden">[N,D'].</param>
/// <param name="Weight">[V,D'].</param>
public sealed record ReferenceStates(Tensor Hidden, Tensor Weight);
