using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Weighted Preference Optimization (Zhou et al. 2024, arXiv 2406.11827, equation 2): DPO with each pair weighted by the policy's own
/// probability of it, which simulates on-policy data. Official code: wzhouad/WPO a104458, scripts/run_wpo.py, dpo_loss.
/// </summary>
public static class WpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="weights">Weight of each pair [B] from <see cref="WpoWeights.Of"/>, capped at 1 by the authors and not by TRL.</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Weighted losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor weights, double beta, double labelSmoothing = 0)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)), (weights, nameof(weights)));
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.FlipRate(labelSmoothing, nameof(labelSmoothing));

        using var scope = NewDisposeScope();
        // L = −w log σ(β (ρ_w − ρ_l))
        var losses = weights.detach() * Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio), labelSmoothing);
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
