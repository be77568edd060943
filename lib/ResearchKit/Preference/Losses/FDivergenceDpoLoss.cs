using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// f-DPO: DPO under another divergence than the reverse KL (Wang et al. 2023, arXiv 2309.16240). Official code:
/// alecwangcq/f-divergence-dpo 07d9369, trainers.py, forward_dpo_loss, js_dpo_loss, alpha_dpo_loss, and huggingface/trl f2cd577,
/// trl/trainer/dpo_trainer.py, f_divergence_type.
/// </summary>
/// <remarks>
/// The two disagree on the alpha divergence's parameter (<see cref="FDivergence.Score"/>) and on the logged rewards: the authors log
/// β f'(π/π_ref), TRL β log π/π_ref whatever the divergence.
/// </remarks>
public static class FDivergenceDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="kind">The divergence.</param>
    /// <param name="alpha">α of the alpha divergence, TRL's convention (1 minus the authors').</param>
    /// <param name="scoresAsRewards">True: rewards are β f' (authors). False: β log π/π_ref (TRL).</param>
    /// <returns>Losses [B]; rewards [B], detached.</returns>
    public static PreferenceLoss Compute(
        Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, DivergenceKind kind, double alpha = 0.5, bool scoresAsRewards = false)
    {
        Pairwise.CheckPair(chosenLogRatio, nameof(chosenLogRatio), rejectedLogRatio, nameof(rejectedLogRatio), beta);

        using var scope = NewDisposeScope();
        var (chosen, rejected) = (FDivergence.Score(chosenLogRatio, kind, alpha), FDivergence.Score(rejectedLogRatio, kind, alpha));
        // L = −log σ(β f'(π/π_ref(y_w)) − β f'(π/π_ref(y_l)))
        var losses = Pairwise.Logistic(beta * (chosen - rejected));
        return scoresAsRewards
            ? Pairwise.Outcome(losses, beta * chosen, beta * rejected)
            : Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
