using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Log-probabilities of the tokens that a sequence holds. Positions shift by one: the logits at position t are the
/// distribution of token t+1, so a row of T tokens has T-1 scored tokens and its first token is never scored.
/// </summary>
/// <remarks>
/// Masks follow the scored tokens: a completion mask [B,T] over the tokens (1 on answer tokens, 0 on prompt and
/// padding, as in <see cref="Data.PairBatch"/>) is used as <c>mask[:,1:]</c>, [B,T-1]. Sum and mean are separate
/// routines because the field's losses disagree on them: DPO and TDPO sum, SimPO and TRL's IPO average.
/// </remarks>
public static class LogProbs
{
    /// <summary>log p(ids[:,t+1] | ids[:,..t]) for t = 0 .. T-2.</summary>
    /// <param name="logits">Logits [B,T,V]; half precisions are raised to float32 first, float64 stays.</param>
    /// <param name="ids">Token ids [B,T], int64, each in 0 .. V-1 (padding too: give it any valid id and mask it).</param>
    /// <returns>Log-probabilities [B,T-1], float32 or float64, in nats; differentiable in the logits.</returns>
    /// <remarks>
    /// The chosen logit minus the log-sum-exp over the vocabulary: no [B,T,V] log-softmax is kept for backward.
    /// </remarks>
    /// <exception cref="ArgumentException">The shapes do not fit.</exception>
    public static Tensor PerToken(Tensor logits, Tensor ids)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(ids);
        if (logits.dim() != 3 || ids.dim() != 2 || logits.shape[0] != ids.shape[0] || logits.shape[1] != ids.shape[1])
        {
            throw new ArgumentException($"expected logits [B,T,V] and ids [B,T], found {Shape(logits)} and {Shape(ids)}", nameof(ids));
        }
        if (ids.shape[1] < 2) throw new ArgumentException($"a row needs two tokens for one to be scored, found ids {Shape(ids)}", nameof(ids));

        using var scope = NewDisposeScope();
        var scored = ids.shape[1] - 1;
        var before = logits.narrow(1, 0, scored);                       // [B,T-1,V]
        if (before.dtype is not ScalarType.Float64) before = before.to_type(ScalarType.Float32);
        var next = ids.narrow(1, 1, scored).unsqueeze(-1);              // [B,T-1,1]
        var chosen = before.gather(-1, next).squeeze(-1);               // [B,T-1]
        return (chosen - before.logsumexp(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>Sum over the positions where the mask is 1.</summary>
    /// <param name="perToken">A quantity per scored token [B,T-1]: log-probabilities, log-ratios, KL.</param>
    /// <param name="mask">1 to count, 0 to leave out [B,T-1], any type. A masked value that is not finite does not leak in.</param>
    /// <returns>Sums [B]; 0 for a row without a counted token.</returns>
    public static Tensor Sum(Tensor perToken, Tensor mask)
    {
        RequireSameShape(perToken, mask);
        using var scope = NewDisposeScope();
        return perToken.masked_fill(mask.eq(0), 0).sum(-1).MoveToOuterDisposeScope();
    }

    /// <summary>Mean over the positions where the mask is 1.</summary>
    /// <param name="perToken">A quantity per scored token [B,T-1].</param>
    /// <param name="mask">1 to count, 0 to leave out [B,T-1], any type.</param>
    /// <returns>Means [B]; NaN for a row without a counted token.</returns>
    public static Tensor Mean(Tensor perToken, Tensor mask)
    {
        RequireSameShape(perToken, mask);
        using var scope = NewDisposeScope();
        return (Sum(perToken, mask) / mask.ne(0).sum(-1)).MoveToOuterDisposeScope();
    }

    private static void RequireSameShape(Tensor perToken, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(perToken);
        ArgumentNullException.ThrowIfNull(mask);
        if (perToken.shape.SequenceEqual(mask.shape)) return;
        throw new ArgumentException(
            $"the mask {Shape(mask)} does not fit the values {Shape(perToken)}: scored tokens are [B,T-1], so a token mask is cut to mask[:,1:] "
            + "and a quantity per position (KL) to its first T-1 positions", nameof(mask));
    }

    private static string Shape(Tensor tensor) => $"[{string.Join(',', tensor.shape)}]";
}
