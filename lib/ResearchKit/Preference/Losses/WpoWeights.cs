using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// How close a pair is to what the policy itself would write (Zhou et al. 2024, arXiv 2406.11827, equation 2, with the alignment of
/// its section 3). Official code: wzhouad/WPO a104458, scripts/run_wpo.py, get_batch_logps; huggingface/trl f2cd577,
/// trl/trainer/dpo_trainer.py, use_weighting.
/// </summary>
public static class WpoWeights
{
    /// <summary>w = min(cap, e^(q̄_w + q̄_l)), q̄ the mean over answer tokens of log p(y_t) − log Σ_v p(v)².</summary>
    /// <param name="policyLogits">Policy logits [2B,T,V], chosen rows first; no gradient flows into them.</param>
    /// <param name="ids">Token ids [2B,T], int64.</param>
    /// <param name="mask">1 on scored answer tokens [2B,T-1].</param>
    /// <param name="cap">Largest weight: the authors cap at 1, TRL does not (infinity).</param>
    /// <returns>Weights [B], detached; a row without answer tokens counts as q̄ = 0.</returns>
    public static Tensor Of(Tensor policyLogits, Tensor ids, Tensor mask, double cap = 1)
    {
        ArgumentNullException.ThrowIfNull(policyLogits);
        ArgumentNullException.ThrowIfNull(mask);
        if (!(cap > 0)) throw new ArgumentOutOfRangeException(nameof(cap), cap, "the cap must be positive");
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var perToken = LogProbs.PerToken(policyLogits, ids);                                // [2B,T-1]
        var before = policyLogits.narrow(1, 0, perToken.shape[1]).to_type(perToken.dtype);
        // log Σ_v p(v)² = lse(2 logits) − 2 lse(logits)
        var collision = (2 * before).logsumexp(-1) - 2 * before.logsumexp(-1);
        var aligned = LogProbs.Sum(perToken - collision, mask) / mask.ne(0).sum(-1).clamp_min(1);
        var halves = aligned.chunk(2);
        var weights = (halves[0] + halves[1]).exp();
        return (double.IsFinite(cap) ? weights.clamp_max(cap) : weights).MoveToOuterDisposeScope();
    }
}
