using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The reward that a policy expresses relative to its reference, up to a term that depends on the prompt alone
/// (Rafailov et al. 2023, arXiv 2305.18290, equation 5): r(x,y) = β log π(y|x)/π_ref(y|x).
/// </summary>
public static class ImplicitReward
{
    /// <summary>β (log π − log π_ref), detached.</summary>
    /// <param name="policyLogProbs">Sequence log-probabilities under the policy [B] (per token [B,T] works as well).</param>
    /// <param name="referenceLogProbs">The same under the reference.</param>
    /// <param name="beta">β, positive.</param>
    public static Tensor Of(Tensor policyLogProbs, Tensor referenceLogProbs, double beta)
    {
        PairChecks.SameShape((policyLogProbs, nameof(policyLogProbs)), (referenceLogProbs, nameof(referenceLogProbs)));
        PairChecks.Positive(beta, nameof(beta));
        using var scope = NewDisposeScope();
        return (beta * (policyLogProbs - referenceLogProbs)).detach().MoveToOuterDisposeScope();
    }
}
