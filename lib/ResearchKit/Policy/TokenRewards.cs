using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>
/// Rewards per token as PPO for language models uses them: r_t − β·KL_t, where a score of the whole answer counts as the
/// reward of its last token (Ziegler et al. 2019, arXiv 1909.08593, equation 2; per token in Stiennon et al. 2020).
/// Official code: huggingface/trl f2cd577, trl/experimental/ppo/ppo_trainer.py, "4. compute rewards"; that file pays
/// the score one position after the last token where there is one.
/// </summary>
public static class TokenRewards
{
    /// <summary>Puts each row's score on its last counted token: [B] to [B,T], 0 elsewhere.</summary>
    /// <param name="scores">One score per answer [B].</param>
    /// <param name="mask">1 on the answer's tokens [B,T].</param>
    /// <exception cref="ArgumentException">The shapes do not fit, or an answer has no token to be paid on.</exception>
    public static Tensor AtLastToken(Tensor scores, Tensor mask)
    {
        ArgumentNullException.ThrowIfNull(scores);
        PolicyChecks.Matrix(mask, nameof(mask));
        if (scores.dim() != 1 || scores.shape[0] != mask.shape[0])
            throw new ArgumentException($"scores have shape {PolicyChecks.Shape(scores)}, the mask {PolicyChecks.Shape(mask)}: one score per row [B] is expected", nameof(scores));
        using var scope = NewDisposeScope();
        var counted = mask.ne(0);
        if (!counted.any(1).all().item<bool>()) throw new ArgumentException("a row of the mask counts no token: there is nothing to pay its score on", nameof(mask));
        var last = counted.mul(arange(mask.shape[1], ScalarType.Int64, mask.device)).argmax(1, keepdim: true);   // [B,1]
        return zeros(mask.shape, scores.dtype, scores.device).scatter(1, last, scores.unsqueeze(1)).MoveToOuterDisposeScope();
    }

    /// <summary>r_t − β·KL_t on the answer's tokens; the KL term carries no gradient.</summary>
    /// <param name="rewards">Rewards per token [B,T].</param>
    /// <param name="logProbs">log π of the sampled tokens under the policy that sampled them [B,T].</param>
    /// <param name="referenceLogProbs">log π_ref of the same tokens [B,T].</param>
    /// <param name="mask">1 on the answer's tokens [B,T]; where it is 0 no KL is taken and the reward stays as it is.</param>
    /// <param name="beta">β, not negative: what a nat of divergence costs.</param>
    /// <param name="estimator">How the divergence is estimated at a token.</param>
    public static Tensor KlPenalized(
        Tensor rewards, Tensor logProbs, Tensor referenceLogProbs, Tensor mask, double beta, KlEstimator estimator = KlEstimator.K1)
    {
        PolicyChecks.SameShape((rewards, nameof(rewards)), (logProbs, nameof(logProbs)), (referenceLogProbs, nameof(referenceLogProbs)), (mask, nameof(mask)));
        PolicyChecks.NotNegative(beta, nameof(beta));
        using var scope = NewDisposeScope();
        var kl = TokenKl.Estimate(logProbs.detach(), referenceLogProbs.detach(), estimator).masked_fill(mask.eq(0), 0);
        return (rewards - beta * kl).MoveToOuterDisposeScope();
    }
}
