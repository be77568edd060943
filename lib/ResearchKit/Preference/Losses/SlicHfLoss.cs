using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Sequence Likelihood Calibration with human feedback (Zhao et al. 2023, arXiv 2305.10425, equation 1): a hinge on
/// log-probabilities with an SFT term, without a reference. Official code: ContextualAI/HALOs 4831988, train/trainers.py, SLiCTrainer
/// (its regulariser adds a value per token to one per pair, so it runs nowhere; here both are per pair).
/// </summary>
public static class SlicHfLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogProb">Summed log-probability of each chosen answer under the policy [B].</param>
    /// <param name="rejectedLogProb">The same of each rejected answer [B].</param>
    /// <param name="targetNll">Negative log-likelihood of each SFT target [B]; the chosen answers' in HALOs.</param>
    /// <param name="margin">δ ≥ 0 in nats.</param>
    /// <param name="lambda">λ ≥ 0, the weight of the SFT term.</param>
    /// <returns>Losses [B]; rewards log π [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogProb, Tensor rejectedLogProb, Tensor targetNll, double margin, double lambda)
    {
        PairChecks.SameShape((chosenLogProb, nameof(chosenLogProb)), (rejectedLogProb, nameof(rejectedLogProb)), (targetNll, nameof(targetNll)));
        PairChecks.NotNegative(margin, nameof(margin));
        PairChecks.NotNegative(lambda, nameof(lambda));

        using var scope = NewDisposeScope();
        // L = max(0, δ − log π(y_w) + log π(y_l)) − λ log π(y_sft)
        var losses = (margin - chosenLogProb + rejectedLogProb).clamp_min(0) + lambda * targetNll;
        return Pairwise.Outcome(losses, chosenLogProb, rejectedLogProb);
    }
}
