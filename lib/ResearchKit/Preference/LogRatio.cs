using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>Per-token log-ratios of a policy to its reference; their masked sum is the margin term ρ of DPO and TDPO.</summary>
public static class LogRatio
{
    /// <summary>ρ_t = log π(y_t|s_t) − log π_ref(y_t|s_t).</summary>
    /// <param name="policyLogits">Policy logits [B,T,V].</param>
    /// <param name="referenceLogits">Reference logits [B,T,V]; no gradient flows into them.</param>
    /// <param name="ids">Token ids [B,T], int64.</param>
    /// <returns>Log-ratios [B,T-1] in nats, positive where the policy likes the token better than the reference does.</returns>
    public static Tensor PerToken(Tensor policyLogits, Tensor referenceLogits, Tensor ids)
    {
        ArgumentNullException.ThrowIfNull(referenceLogits);
        using var scope = NewDisposeScope();
        return (LogProbs.PerToken(policyLogits, ids) - LogProbs.PerToken(referenceLogits.detach(), ids)).MoveToOuterDisposeScope();
    }
}
