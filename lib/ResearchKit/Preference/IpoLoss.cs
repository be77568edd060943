using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Identity Preference Optimization (Azar et al. 2023, arXiv 2310.12036, equation 17): the margin is regressed onto
/// 1/(2τ) instead of pushed without bound. Official code followed: eric-mitchell/direct-preference-optimization
/// f8b8c0f, trainers.py, preference_loss with ipo=True.
/// </summary>
/// <remarks>Log-probabilities are summed over tokens here, as in that code; TRL's variant averages them over the completion.</remarks>
public static class IpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="policyChosen">Log-probability of each chosen answer under the policy [B].</param>
    /// <param name="policyRejected">The same of each rejected answer [B].</param>
    /// <param name="referenceChosen">Log-probability of each chosen answer under the reference [B].</param>
    /// <param name="referenceRejected">The same of each rejected answer [B].</param>
    /// <param name="tau">τ, positive (the reference code calls it beta): the target margin is 1/(2τ).</param>
    /// <returns>Losses [B]; rewards τ(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor policyChosen, Tensor policyRejected, Tensor referenceChosen, Tensor referenceRejected, double tau)
    {
        PairChecks.SameShape(
            (policyChosen, nameof(policyChosen)), (policyRejected, nameof(policyRejected)),
            (referenceChosen, nameof(referenceChosen)), (referenceRejected, nameof(referenceRejected)));
        PairChecks.Positive(tau, nameof(tau));

        using var scope = NewDisposeScope();
        var h = (policyChosen - policyRejected) - (referenceChosen - referenceRejected);    // [B]
        // L = (h − 1/(2τ))²
        var losses = (h - 1 / (2 * tau)).square();
        return new PreferenceLoss(
            losses.MoveToOuterDisposeScope(),
            ImplicitReward.Of(policyChosen, referenceChosen, tau).MoveToOuterDisposeScope(),
            ImplicitReward.Of(policyRejected, referenceRejected, tau).MoveToOuterDisposeScope());
    }
}
