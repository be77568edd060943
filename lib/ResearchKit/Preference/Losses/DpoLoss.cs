using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Direct Preference Optimization (Rafailov et al. 2023, arXiv 2305.18290, equation 7) with the label smoothing of
/// conservative DPO (Mitchell 2023). Official code: eric-mitchell/direct-preference-optimization f8b8c0f,
/// trainers.py, preference_loss.
/// </summary>
public static class DpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="policyChosen">Summed log-probability of each chosen answer under the policy [B].</param>
    /// <param name="policyRejected">The same of each rejected answer [B].</param>
    /// <param name="referenceChosen">Summed log-probability of each chosen answer under the reference [B].</param>
    /// <param name="referenceRejected">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5): the probability that a pair's label is flipped; 0 is plain DPO.</param>
    /// <param name="referenceFree">True to compare with a uniform reference: its log-ratio counts as 0 in the loss (not in the rewards).</param>
    /// <returns>Losses [B] in nats; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor policyChosen, Tensor policyRejected, Tensor referenceChosen, Tensor referenceRejected,
        double beta, double labelSmoothing = 0, bool referenceFree = false)
    {
        PairChecks.SameShape(
            (policyChosen, nameof(policyChosen)), (policyRejected, nameof(policyRejected)),
            (referenceChosen, nameof(referenceChosen)), (referenceRejected, nameof(referenceRejected)));
        PairChecks.Positive(beta, nameof(beta));
        if (labelSmoothing is not (>= 0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(labelSmoothing), labelSmoothing, "label smoothing lies in [0, 0.5)");

        using var scope = NewDisposeScope();
        // h = log π(y_w)/π(y_l) − log π_ref(y_w)/π_ref(y_l)
        var h = policyChosen - policyRejected;                                              // [B]
        if (!referenceFree) h = h - (referenceChosen - referenceRejected);
        // L = −(1−ε) log σ(βh) − ε log σ(−βh)
        var losses = -(1 - labelSmoothing) * nn.functional.logsigmoid(beta * h);
        if (labelSmoothing > 0) losses = losses - labelSmoothing * nn.functional.logsigmoid(-beta * h);
        return new PreferenceLoss(
            losses.MoveToOuterDisposeScope(),
            ImplicitReward.Of(policyChosen, referenceChosen, beta).MoveToOuterDisposeScope(),
            ImplicitReward.Of(policyRejected, referenceRejected, beta).MoveToOuterDisposeScope());
    }
}
