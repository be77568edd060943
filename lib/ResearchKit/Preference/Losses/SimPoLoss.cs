using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Simple Preference Optimization (Meng et al. 2024, arXiv 2405.14734, equation 6): length-normalised log-probabilities, a target
/// margin, no reference. Official code: princeton-nlp/SimPO 1b3e8f3, scripts/simpo_trainer.py, simpo_loss.
/// </summary>
/// <remarks>
/// The paper's γ is here γ/β times β, as in both official codes (SimPO's gamma_beta_ratio; TRL's CPO trainer divides simpo_gamma by β).
/// Both log β times the mean log-probability; ContextualAI/HALOs 4831988 logs it without β.
/// </remarks>
public static class SimPoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenMeanLogProb">Mean log-probability per token of each chosen answer under the policy [B].</param>
    /// <param name="rejectedMeanLogProb">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive (2 to 10 in the paper).</param>
    /// <param name="gammaOverBeta">γ/β ≥ 0: the target margin in nats per token.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Losses [B]; rewards β times the mean log-probability [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenMeanLogProb, Tensor rejectedMeanLogProb, double beta, double gammaOverBeta, double labelSmoothing = 0)
    {
        Pairwise.CheckPair(chosenMeanLogProb, nameof(chosenMeanLogProb), rejectedMeanLogProb, nameof(rejectedMeanLogProb), beta);
        PairChecks.NotNegative(gammaOverBeta, nameof(gammaOverBeta));
        PairChecks.FlipRate(labelSmoothing, nameof(labelSmoothing));

        using var scope = NewDisposeScope();
        // L = −log σ(β (l̄_w − l̄_l) − γ)
        var losses = Pairwise.Logistic(beta * (chosenMeanLogProb - rejectedMeanLogProb - gammaOverBeta), labelSmoothing);
        return Pairwise.Outcome(losses, beta * chosenMeanLogProb, beta * rejectedMeanLogProb);
    }
}
