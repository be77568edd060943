using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Binary Classifier Optimization (Jung et al. 2024, arXiv 2404.04656): a binary classifier of unpaired answers with a reward shift δ
/// and, where prompts of both kinds differ, density-ratio weights. Official code: huggingface/trl f2cd577,
/// trl/experimental/bco/bco_trainer.py, bco_loss and _get_udm_weight.
/// </summary>
public static class BcoLoss
{
    /// <summary>p/(1−p) clamped: how much likelier a rejected answer's prompt is among the chosen answers' prompts.</summary>
    /// <param name="chosenProbability">p of each rejected answer's prompt from a prompt classifier [Nr], in [0, 1].</param>
    /// <param name="smallest">Lower clamp, 0.5 officially.</param>
    /// <param name="largest">Upper clamp, 10 officially.</param>
    public static Tensor DensityRatioWeights(Tensor chosenProbability, double smallest = 0.5, double largest = 10)
    {
        ArgumentNullException.ThrowIfNull(chosenProbability);
        using var scope = NewDisposeScope();
        return (chosenProbability / (1 - chosenProbability + 1e-8)).clamp(smallest, largest).detach().MoveToOuterDisposeScope();
    }

    /// <summary>Loss and implicit rewards of unpaired answers.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [Nc].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [Nr]; the counts may differ.</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="shift">
    /// δ: the mean of <see cref="RunningMoments"/> over all rewards so far, this batch's (β times both log-ratios) taken in before in training.
    /// </param>
    /// <param name="rejectedWeights">Weight of each rejected answer [Nr] from <see cref="DensityRatioWeights"/>; null weighs all alike.</param>
    /// <returns>Losses [Nc+Nr], chosen first; rewards without the shift, detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, double beta, double shift, Tensor? rejectedWeights = null)
    {
        ArgumentNullException.ThrowIfNull(chosenLogRatio);
        ArgumentNullException.ThrowIfNull(rejectedLogRatio);
        PairChecks.Positive(beta, nameof(beta));
        if (rejectedWeights is not null) PairChecks.SameShape((rejectedLogRatio, nameof(rejectedLogRatio)), (rejectedWeights, nameof(rejectedWeights)));

        using var scope = NewDisposeScope();
        var (chosen, rejected) = (beta * chosenLogRatio, beta * rejectedLogRatio);
        // L = −log σ(s_w − δ);  L = −w log σ(−(s_l − δ))
        var chosenLosses = -nn.functional.logsigmoid(chosen - shift);
        var rejectedLosses = -nn.functional.logsigmoid(shift - rejected);
        if (rejectedWeights is not null) rejectedLosses = rejectedWeights.detach() * rejectedLosses;
        return Pairwise.Outcome(cat([chosenLosses, rejectedLosses]), chosen, rejected);
    }
}
