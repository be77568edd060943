using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DPO with an offset (Amini et al. 2024, arXiv 2402.10571): the margin must exceed what the answers' scores differ by.
/// No official code followed.
/// </summary>
public static class OdpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="scoreGap">Score of the chosen minus score of the rejected answer [B], positive.</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="alpha">α ≥ 0, the offset's strength; 0 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor scoreGap, double beta, double alpha)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)), (scoreGap, nameof(scoreGap)));
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.NotNegative(alpha, nameof(alpha));
        if (scoreGap.le(0).any().item<bool>()) throw new ArgumentException("ODPO's score gaps must be positive: order the pairs by score and drop ties", nameof(scoreGap));

        using var scope = NewDisposeScope();
        // L = −log σ(β (ρ_w − ρ_l) − α log(s_w − s_l))
        var losses = Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio) - alpha * scoreGap.log());
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
