using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The pairwise logistic loss with a label that may be a tie (Crome, 2025, arXiv 2506.16507): ordered pairs have label 1, pairs
/// that must not be told apart ½. No official code was found; the paper's summary prints the tie term with the wrong sign.
/// </summary>
/// <remarks>
/// A tie costs log 2 at equal scores and has the bounded slope σ(Δ) − ½. The paper's objective is the sum over ordered pairs plus λ
/// times the sum over ties; dividing both by the number of ordered pairs keeps λ's meaning from batch to batch.
/// </remarks>
public static class TieLoss
{
    /// <summary>Loss of B scored pairs, of a reward model or of implicit rewards.</summary>
    /// <param name="firstScores">Score of each first answer [B].</param>
    /// <param name="secondScores">Score of each second answer [B].</param>
    /// <param name="label">1 where the first is better, ½ where they are tied, 0 where the second is better [B].</param>
    /// <returns>Losses [B] in nats; the scores themselves as rewards [B], detached.</returns>
    public static PreferenceLoss Compute(Tensor firstScores, Tensor secondScores, Tensor label)
    {
        PairChecks.SameShape((firstScores, nameof(firstScores)), (secondScores, nameof(secondScores)), (label, nameof(label)));

        using var scope = NewDisposeScope();
        return Pairwise.Outcome(SoftLabelLoss.Compute(firstScores - secondScores, label), firstScores, secondScores);
    }
}
