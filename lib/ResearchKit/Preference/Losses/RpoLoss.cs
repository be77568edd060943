using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DPO with an SFT term, "RPO": iterative reasoning preference optimization (Pang et al. 2024, arXiv 2404.19733, equation 1) and
/// regularised preference optimization (Liu et al. 2024, arXiv 2405.16436).
/// </summary>
/// <remarks>
/// Implementations differ on the term: the first paper divides each answer's NLL by its own length
/// (<see cref="SftLoss.PerAnswer"/>), TRL takes one mean over the batch's tokens (<see cref="SftLoss.TokenMean"/>). Both fit here.
/// </remarks>
public static class RpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="chosenNll">Negative log-likelihood of the chosen answers: one per pair [B], or a batch's token mean (scalar).</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="alpha">α ≥ 0, the weight of the SFT term (1 in the first paper, 0.005 in the second); 0 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenNll, double beta, double alpha)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        PairChecks.NotNegative(alpha, nameof(alpha));
        ArgumentNullException.ThrowIfNull(chosenNll);

        using var scope = NewDisposeScope();
        // L = −log σ(β (ρ_w − ρ_l)) + α NLL(y_w)
        var losses = Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio)) + alpha * chosenNll;
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
