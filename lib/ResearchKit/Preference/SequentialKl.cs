using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Exact KL divergences between two next-token distributions at every position of given (data or sampled) prefixes.
/// Summed over the answer they are TDPO's SeqKL (Zeng et al. 2024, arXiv 2404.11999). Official code:
/// Vance0124/Token-level-Direct-Preference-Optimization 2a736ec, trainers.py, _tdpo_get_batch_logps.
/// </summary>
/// <remarks>
/// The divergence at position t belongs to the prediction of token t+1, so with logits [B,T,V] the sum over the
/// answer is <c>LogProbs.Sum(kl[:,:-1], completionMask[:,1:])</c>. Both distributions go through log-softmax: the
/// official code takes the logarithm of a softmax, which gives 0·(−∞) where the reference underflows. A logit of −∞
/// (a forbidden token) gives NaN.
/// </remarks>
public static class SequentialKl
{
    /// <summary>Forward, mass covering: KL(π_ref ‖ π) = Σ_v π_ref(v) [log π_ref(v) − log π(v)].</summary>
    /// <param name="policyLogits">Policy logits [B,T,V], differentiable.</param>
    /// <param name="referenceLogits">Reference logits [B,T,V]; no gradient flows into them.</param>
    /// <param name="chunk">
    /// Positions taken at a time: for large vocabularies, where only the two logits are then kept for backward. 0 takes
    /// all at once; the numbers are the same up to rounding.
    /// </param>
    /// <returns>KL per position [B,T] in nats, not negative up to rounding; float32, or float64 if given.</returns>
    public static Tensor Forward(Tensor policyLogits, Tensor referenceLogits, int chunk = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(chunk);
        if (chunk == 0) return Whole(policyLogits, referenceLogits);
        PairChecks.SameShape((policyLogits, nameof(policyLogits)), (referenceLogits, nameof(referenceLogits)));
        using var scope = NewDisposeScope();
        return ChunkedForwardKl.apply(policyLogits, referenceLogits.detach(), chunk).MoveToOuterDisposeScope();
    }

    /// <summary>Reverse, mode seeking: KL(π ‖ π_ref) = Σ_v π(v) [log π(v) − log π_ref(v)].</summary>
    /// <param name="policyLogits">Policy logits [B,T,V], differentiable.</param>
    /// <param name="referenceLogits">Reference logits [B,T,V]; no gradient flows into them.</param>
    /// <returns>KL per position [B,T] in nats; on the policy's own samples its sum is the Rao-Blackwellised sequence KL.</returns>
    public static Tensor Reverse(Tensor policyLogits, Tensor referenceLogits)
    {
        using var scope = NewDisposeScope();
        var (policy, reference) = LogDistributions(policyLogits, referenceLogits);
        return (policy.exp() * (policy - reference)).sum(-1).MoveToOuterDisposeScope();
    }

    internal static Tensor Whole(Tensor policyLogits, Tensor referenceLogits)
    {
        using var scope = NewDisposeScope();
        var (policy, reference) = LogDistributions(policyLogits, referenceLogits);
        return (reference.exp() * (reference - policy)).sum(-1).MoveToOuterDisposeScope();
    }

    internal static ScalarType Precision(Tensor logits) => logits.dtype is ScalarType.Float64 ? ScalarType.Float64 : ScalarType.Float32;

    private static (Tensor Policy, Tensor Reference) LogDistributions(Tensor policyLogits, Tensor referenceLogits)
    {
        PairChecks.SameShape((policyLogits, nameof(policyLogits)), (referenceLogits, nameof(referenceLogits)));
        var type = Precision(policyLogits);
        return (nn.functional.log_softmax(policyLogits.to_type(type), -1), nn.functional.log_softmax(referenceLogits.detach().to_type(type), -1));
    }
}
