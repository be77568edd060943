using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>How an answer's tokens become one number, where implementations disagree.</summary>
public enum TokenReduction
{
    /// <summary>Summed over the answer.</summary>
    Sum,

    /// <summary>Averaged over the answer.</summary>
    Mean,
}

/// <summary>
/// Identity Preference Optimization (Azar et al. 2023, arXiv 2310.12036, equation 17): the margin is regressed onto
/// 1/(2τ) instead of pushed without bound.
/// </summary>
/// <remarks>
/// "IPO" is three losses: of sums in eric-mitchell/direct-preference-optimization f8b8c0f (trainers.py, preference_loss with
/// ipo=True); of means per token in huggingface/trl f2cd577 (trl/trainer/dpo_trainer.py, loss type "ipo") and ContextualAI/HALOs
/// 4831988 (train/trainers.py, IPOTrainer), so that τ differs by about the answers' length; and of means without a reference in TRL's
/// CPO trainer. The logged rewards differ too: τ times sums (the first and TRL), means without τ (HALOs).
/// </remarks>
public static class IpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs from log-probabilities, reduced as the caller chose: sums for the first official form.</summary>
    /// <param name="policyChosen">Log-probability of each chosen answer under the policy [B].</param>
    /// <param name="policyRejected">The same of each rejected answer [B].</param>
    /// <param name="referenceChosen">Log-probability of each chosen answer under the reference [B]; zeros for the form without a reference.</param>
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
        return Pairwise.Outcome((h - 1 / (2 * tau)).square(), tau * (policyChosen - referenceChosen), tau * (policyRejected - referenceRejected));
    }

    /// <summary>The same from summed log-ratios, with the reduction named.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="chosenLengths">Answer tokens of each chosen answer [B]; below 1 counts as 1. Not used by <see cref="TokenReduction.Sum"/>.</param>
    /// <param name="rejectedLengths">The same of each rejected answer [B].</param>
    /// <param name="tau">τ, positive.</param>
    /// <param name="reduction">Sum (the first official code) or mean (TRL, HALOs).</param>
    /// <returns>Losses [B]; rewards τ times the summed log-ratios [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenLengths, Tensor rejectedLengths, double tau, TokenReduction reduction)
    {
        PairChecks.SameShape(
            (chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)),
            (chosenLengths, nameof(chosenLengths)), (rejectedLengths, nameof(rejectedLengths)));
        PairChecks.Positive(tau, nameof(tau));

        using var scope = NewDisposeScope();
        var h = reduction is TokenReduction.Mean
            ? chosenLogRatio / chosenLengths.clamp_min(1) - rejectedLogRatio / rejectedLengths.clamp_min(1)
            : chosenLogRatio - rejectedLogRatio;
        return Pairwise.Outcome((h - 1 / (2 * tau)).square(), tau * chosenLogRatio, tau * rejectedLogRatio);
    }
}
