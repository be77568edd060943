using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Alignment via Optimal Transport, paired (Melnyk et al. 2024, arXiv 2406.05882): the policy's margins shall dominate the
/// reference's in every quantile of the batch. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py,
/// loss type "aot".
/// </summary>
/// <remarks>Quantiles depend on the batch size: large batches are meant, and padding rows must not be in them.</remarks>
public static class AotLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="policyChosen">Summed log-probability of each chosen answer under the policy [B].</param>
    /// <param name="policyRejected">The same of each rejected answer [B].</param>
    /// <param name="referenceChosen">Summed log-probability of each chosen answer under the reference [B].</param>
    /// <param name="referenceRejected">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Losses [B] by rank, not by pair; rewards β(log π − log π_ref) [B] by pair, detached.</returns>
    public static PreferenceLoss Compute(
        Tensor policyChosen, Tensor policyRejected, Tensor referenceChosen, Tensor referenceRejected, double beta, double labelSmoothing = 0)
    {
        PairChecks.SameShape(
            (policyChosen, nameof(policyChosen)), (policyRejected, nameof(policyRejected)),
            (referenceChosen, nameof(referenceChosen)), (referenceRejected, nameof(referenceRejected)));
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.FlipRate(labelSmoothing, nameof(labelSmoothing));

        using var scope = NewDisposeScope();
        var policy = (policyChosen - policyRejected).sort(0).Values;                        // [B]
        var reference = (referenceChosen - referenceRejected).sort(0).Values;
        // L_i = −log σ(β (m_(i) − m_ref,(i))), (i) the i-th smallest of the batch
        var losses = Pairwise.Logistic(beta * (policy - reference), labelSmoothing);
        return Pairwise.Outcome(losses, beta * (policyChosen - referenceChosen), beta * (policyRejected - referenceRejected));
    }
}
