using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Self-Play Preference Optimization (Wu et al. 2024, arXiv 2405.00675, equation 4.7): each log-ratio is regressed onto its
/// answer's win rate minus one half. Official code followed: huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, loss type "sppo_hard".
/// </summary>
/// <remarks>
/// Log-ratios enter without β: at the paper's β = 0.001 the target is ±500 nats.
/// </remarks>
public static class SppoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive (the paper's 1/η): the targets are ±1/(2β).</param>
    /// <param name="chosenWinRate">P of the chosen answer against the policy [B] (soft form); null counts it as 1 and the rejected one's as 0 (TRL's hard form).</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, Tensor? chosenWinRate = null)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);
        if (chosenWinRate is not null) PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (chosenWinRate, nameof(chosenWinRate)));

        using var scope = NewDisposeScope();
        // L = (ρ_w − (P_w − ½)/β)² + (ρ_l − (P_l − ½)/β)², P_l = 1 − P_w
        var target = chosenWinRate is null ? full_like(chosenLogRatio, 0.5 / beta) : (chosenWinRate.detach() - 0.5) / beta;
        var losses = (chosenLogRatio - target).square() + (rejectedLogRatio + target).square();
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
