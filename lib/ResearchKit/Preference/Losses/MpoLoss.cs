using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Mixed Preference Optimization (Wang et al. 2024, arXiv 2411.10442): preference (DPO), quality (BCO on pairs) and generation
/// (NLL) in one weighted sum. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss_type
/// ["sigmoid", "bco_pair", "sft"] with loss_weights.
/// </summary>
public static class MpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="chosenNll">Negative log-likelihood of the chosen answers: a batch's token mean (scalar, TRL) or one per pair [B].</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <param name="preferenceWeight">w_p.</param>
    /// <param name="qualityWeight">w_q.</param>
    /// <param name="generationWeight">w_g.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor chosenNll, double beta,
        double preferenceWeight = 0.8, double qualityWeight = 0.2, double generationWeight = 1)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        ArgumentNullException.ThrowIfNull(chosenNll);

        using var scope = NewDisposeScope();
        var preference = Pairwise.Logistic(beta * (chosenLogRatio - rejectedLogRatio));     // [B]
        var quality = BcoPairLoss.Compute(chosenLogRatio, rejectedLogRatio, beta).Losses;
        // L = w_p L_DPO + w_q L_BCO + w_g NLL
        var losses = preferenceWeight * preference + qualityWeight * quality + generationWeight * chosenNll;
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
