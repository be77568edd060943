using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// R-DPO, length-regularised DPO (Park et al. 2024, arXiv 2403.19159): DPO of the reward minus α times the length, so a longer
/// chosen answer needs less of the margin from the policy. No official code followed.
/// </summary>
public static class LengthRegularizedDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="chosenLengths">Answer tokens of each chosen answer [B], EOS counted.</param>
    /// <param name="rejectedLengths">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="alpha">α ≥ 0 in reward units per token; 0 is DPO.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B] without the length term, detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenLengths, Tensor rejectedLengths, double beta, double alpha)
    {
        PairChecks.SameShape(
            (chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)),
            (chosenLengths, nameof(chosenLengths)), (rejectedLengths, nameof(rejectedLengths)));
        PairChecks.Positive(beta, nameof(beta));
        PairChecks.NotNegative(alpha, nameof(alpha));

        using var scope = NewDisposeScope();
        // L = −log σ(β (ρ_w − ρ_l) + α (|y_w| − |y_l|))
        var losses = Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio) + alpha * (chosenLengths - rejectedLengths));
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
