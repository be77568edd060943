using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Contrastive Preference Optimization (Xu et al. 2024, arXiv 2401.08417, equation 3 and the NLL of equation 5): DPO with a uniform
/// reference. Official code: huggingface/trl f2cd577, trl/experimental/cpo/cpo_trainer.py, cpo_loss.
/// </summary>
/// <remarks>
/// The whole objective adds α times the chosen answers' NLL: <see cref="WeightedSum"/> with <see cref="SftLoss.TokenMean"/> (TRL: mean over
/// the batch's answer tokens). TRL sums log-probabilities for this loss and averages them for its "simpo" and "ipo".
/// </remarks>
public static class CpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogProb">Summed log-probability of each chosen answer under the policy [B].</param>
    /// <param name="rejectedLogProb">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Losses [B]; rewards β log π [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogProb, Tensor rejectedLogProb, double beta, double labelSmoothing = 0)
    {
        Pairwise.CheckPair(chosenLogProb, nameof(chosenLogProb), rejectedLogProb, nameof(rejectedLogProb), beta);
        PairChecks.FlipRate(labelSmoothing, nameof(labelSmoothing));

        using var scope = NewDisposeScope();
        // L = −log σ(β (log π(y_w) − log π(y_l)))
        var losses = Pairwise.Logistic(beta * (chosenLogProb - rejectedLogProb), labelSmoothing);
        return Pairwise.Outcome(losses, beta * chosenLogProb, beta * rejectedLogProb);
    }
}
