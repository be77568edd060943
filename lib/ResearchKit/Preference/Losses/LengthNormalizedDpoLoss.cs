using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// LN-DPO, length-normalised DPO (used by Tülu 3, Lambert et al. 2024, arXiv 2411.15124): every log-ratio is divided by its own
/// answer's length. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "sigmoid_norm".
/// </summary>
/// <remarks>
/// β here is roughly the sum form's β times the typical length. TRL logs rewards from sums, and so does this.
/// </remarks>
public static class LengthNormalizedDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="chosenLengths">Answer tokens of each chosen answer [B], EOS counted.</param>
    /// <param name="rejectedLengths">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B] from sums, detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenLengths, Tensor rejectedLengths, double beta)
    {
        PairChecks.SameShape(
            (chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)),
            (chosenLengths, nameof(chosenLengths)), (rejectedLengths, nameof(rejectedLengths)));
        PairChecks.Positive(beta, nameof(beta));

        using var scope = NewDisposeScope();
        // L = −log σ(β (ρ_w/|y_w| − ρ_l/|y_l|)); a length below 1 counts as 1
        var losses = Pairwise.Logistic(beta * (chosenLogRatio / chosenLengths.clamp_min(1) - rejectedLogRatio / rejectedLengths.clamp_min(1)));
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
