using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// DPO with a soft label per pair: cross-entropy between the label and the policy's preference. CREAM (Wang et al. 2024,
/// arXiv 2410.12735; official repository Raibows/CREAM) takes the consistency rate of two models' rankings as label.
/// </summary>
/// <remarks>
/// Equal labels 1−ε are conservative DPO (<see cref="DpoLoss"/> with label smoothing ε); a label below one half reverses the
/// preference. The optimum margin is logit(label)/β.
/// </remarks>
public static class SoftLabelDpoLoss
{
    /// <summary>Loss and implicit rewards of B pairs.</summary>
    /// <param name="chosenLogRatio">log π/π_ref of each chosen answer, summed over its tokens [B].</param>
    /// <param name="rejectedLogRatio">The same of each rejected answer [B].</param>
    /// <param name="label">Probability that the first answer is the better one [B], in [0, 1]; no gradient flows into it.</param>
    /// <param name="beta">β, positive: how strongly the policy is held to the reference.</param>
    /// <returns>Losses [B]; rewards β(log π − log π_ref) [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor chosenLogRatio, Tensor rejectedLogRatio, Tensor label, double beta)
    {
        PairChecks.SameShape((chosenLogRatio, nameof(chosenLogRatio)), (rejectedLogRatio, nameof(rejectedLogRatio)), (label, nameof(label)));
        PairChecks.Positive(beta, nameof(beta));

        using var scope = NewDisposeScope();
        // L = −p log σ(z) − (1−p) log σ(−z), z = β (ρ_w − ρ_l)
        var losses = SoftLabelLoss.Compute(beta * (chosenLogRatio - rejectedLogRatio), label);
        return Pairwise.Outcome(losses, beta * chosenLogRatio, beta * rejectedLogRatio);
    }
}
