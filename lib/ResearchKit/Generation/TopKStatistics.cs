using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// How spread the likeliest next tokens are: the two signals of likelihood over-optimisation (Shi et al. 2024, arXiv
/// 2410.11677), per position.
/// </summary>
/// <remarks>The submitted version of the paper does not say whether its entropy renormalises the k probabilities; here it does, so that entropy and mass are told apart.</remarks>
public static class TopKStatistics
{
    /// <summary>Entropy and mass of the k likeliest next tokens.</summary>
    /// <param name="logits">Logits [B,T,V]; half precisions are raised to float32 first, float64 stays.</param>
    /// <param name="k">1 .. V.</param>
    /// <returns>
    /// EntropyBits [B,T]: entropy of the k probabilities renormalised to 1, in bits, 0 .. log2 k. Mass [B,T]: their sum before
    /// that, 0 .. 1. Position t is about token t+1: with a completion mask, take the first T−1 positions and <c>mask[:,1:]</c>.
    /// </returns>
    /// <exception cref="ArgumentException">The logits are not [B,T,V], or there are fewer than k tokens.</exception>
    public static (Tensor EntropyBits, Tensor Mass) PerPosition(Tensor logits, int k)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (logits.dim() != 3) throw new ArgumentException($"expected logits [B,T,V], found [{string.Join(',', logits.shape)}]", nameof(logits));
        if (k < 1 || k > logits.shape[2]) throw new ArgumentException($"k is {k}; 1 to V = {logits.shape[2]} are possible", nameof(k));

        using var scope = NewDisposeScope();
        var wide = logits.dtype is ScalarType.Float64 ? logits : logits.to_type(ScalarType.Float32);
        var best = (wide - wide.logsumexp(-1, keepdim: true)).topk(k, -1).values;                  // log p of the k likeliest [B,T,k]
        var logMass = best.logsumexp(-1, keepdim: true);
        var renormalised = best - logMass;
        // H = −Σ q log2 q, q = p / M; q = 0 adds nothing, also where log q is −∞.
        var entropy = -(renormalised.exp() * renormalised.clamp_min(-1e4)).sum(-1) / Math.Log(2);
        return (entropy.MoveToOuterDisposeScope(), logMass.exp().squeeze(-1).MoveToOuterDisposeScope());
    }
}
