using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// AlphaPO (Gupta et al. 2025, arXiv 2501.03884): SimPO with the mean log-probability bent by a power of the probability. Official
/// code followed: huggingface/trl f2cd577, trl/experimental/cpo/cpo_trainer.py, cpo_loss with alpha.
/// </summary>
public static class AlphaPoLoss
{
    /// <summary>(1 − p^(−α))/α of p = e^l̄; l̄ itself at α = 0. Without 1 − e^x's cancellation near l̄ = 0, finite for any l̄.</summary>
    /// <param name="meanLogProb">Mean log-probability per token [B].</param>
    /// <param name="alpha">α, any sign: positive punishes improbable answers harder.</param>
    public static Tensor Reward(Tensor meanLogProb, double alpha)
    {
        ArgumentNullException.ThrowIfNull(meanLogProb);
        if (alpha == 0) return meanLogProb.alias();
        using var scope = NewDisposeScope();
        var largest = meanLogProb.dtype is ScalarType.Float64 ? 700 : 80;
        return (-(-alpha * meanLogProb).clamp_max(largest).expm1() / alpha).MoveToOuterDisposeScope();
    }

    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenMeanLogProb">Mean log-probability per token of each chosen answer under the policy [B].</param>
    /// <param name="rejectedMeanLogProb">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="gammaOverBeta">γ/β ≥ 0.</param>
    /// <param name="alpha">α; 0 is SimPO.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5); 0 leaves it out.</param>
    /// <returns>Losses [B]; rewards β times the bent log-probability [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenMeanLogProb, Tensor rejectedMeanLogProb, double beta, double gammaOverBeta, double alpha, double labelSmoothing = 0)
    {
        using var scope = NewDisposeScope();
        // L = −log σ(β (r_w − r_l) − γ), r = (1 − e^(−α l̄))/α
        var pairs = SimPoLoss.Compute(Reward(chosenMeanLogProb, alpha), Reward(rejectedMeanLogProb, alpha), beta, gammaOverBeta, labelSmoothing);
        return Pairwise.Outcome(pairs.Losses, pairs.ChosenRewards, pairs.RejectedRewards);
    }
}
