using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// χ²-Preference Optimization (Huang et al. 2024, arXiv 2407.13399, algorithm 1): the log-ratio of DPO is joined by the ratio
/// itself, which makes the implied regulariser χ² plus KL. No official code followed.
/// </summary>
/// <remarks>
/// The paper clips the margin; a per-answer clip, as some summaries print it, is another loss. The ratio e^ρ is capped
/// where it would overflow the element type.
/// </remarks>
public static class ChiPoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="rewardBound">R_max, positive: the margin is clipped to ±2 R_max (no gradient beyond); infinity leaves it out.</param>
    /// <returns>Losses [B]; rewards β φ(π/π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double rewardBound = double.PositiveInfinity)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        if (!(rewardBound > 0)) throw new ArgumentOutOfRangeException(nameof(rewardBound), rewardBound, "the reward bound must be positive");

        using var scope = NewDisposeScope();
        // φ(u) = u + log u;  L = −log σ(clip_{2R}[β φ(π/π_ref(y_w)) − β φ(π/π_ref(y_l))])
        var chosen = beta * (SafeExponent.Of(chosenLogRatio) + chosenLogRatio);             // [B]
        var rejected = beta * (SafeExponent.Of(rejectedLogRatio) + rejectedLogRatio);
        var margin = chosen - rejected;
        if (double.IsFinite(rewardBound)) margin = margin.clamp(-2 * rewardBound, 2 * rewardBound);
        return Pairwise.Outcome(Pairwise.Logistic(margin), chosen, rejected);
    }
}
