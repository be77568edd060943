using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Causal;

/// <summary>
/// The composite loss of causal augmentation (Crome, 2025, arXiv 2506.16507): Bradley-Terry on ordered pairs plus λ times the tie loss
/// on neutral ones, L = Σ_ordered −log σ(Δ) + λ Σ_tie −½ [log σ(Δ) + log σ(−Δ)]. No official code was found; a summary of the paper
/// prints the second term with a minus before it, which would drive tied answers apart.
/// </summary>
/// <remarks>
/// The paper sums over the mixed data set; here both sums are divided by the number of ordered pairs, which keeps λ's meaning from batch
/// to batch while the share of ties is the same: leave an epoch's short last batch out, where all ties stand against a few ordered pairs.
/// </remarks>
public static class CompositeLoss
{
    /// <summary>The loss of a batch of ordered and tied pairs, a scalar in nats per ordered pair.</summary>
    /// <param name="margin">Δ = R̂(Q, A₁) − R̂(Q, A₂) of every pair [B].</param>
    /// <param name="label">1 where the first answer is better, ½ where they are tied [B].</param>
    /// <param name="tieWeight">λ, not negative: the weight of a tied pair.</param>
    /// <exception cref="ArgumentException">The shapes differ, or no pair is ordered.</exception>
    public static Tensor Compute(Tensor margin, Tensor label, double tieWeight = 1)
    {
        ArgumentNullException.ThrowIfNull(label);
        if (!(tieWeight >= 0) || !double.IsFinite(tieWeight)) throw new ArgumentOutOfRangeException(nameof(tieWeight), tieWeight, "a finite number, not below 0, is expected");
        using var scope = NewDisposeScope();
        var losses = SoftLabelLoss.Compute(margin, label); // [B]
        var ordered = label.detach().ne(LabelledPair.Tie).to_type(losses.dtype); // [B]
        if (!ordered.any().item<bool>()) throw new ArgumentException("no pair is ordered; every batch needs ordered pairs, for ties alone are best met by a constant", nameof(label));
        return (((ordered + tieWeight * (1 - ordered)) * losses).sum() / ordered.sum()).MoveToOuterDisposeScope();
    }
}
