using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>How well steps are judged, as TRL's compute_accuracy (f2cd577, trl/trainer/utils.py) counts it.</summary>
public static class StepAccuracy
{
    /// <summary>The share of labelled tokens whose likelier class is the label.</summary>
    /// <param name="logits">[B,T,2].</param>
    /// <param name="labels">[B,T]: 0, 1, or −100 where nothing is scored.</param>
    /// <returns>In [0, 1]; NaN without a labelled token.</returns>
    public static double PerToken(Tensor logits, Tensor labels)
    {
        Check(logits, labels);
        using var scope = NewDisposeScope();
        var counts = labels.ne(StepTokens.Ignored);
        var right = logits.argmax(-1).eq(labels).logical_and(counts).sum().item<long>();
        return (double)right / counts.sum().item<long>();
    }

    /// <summary>The share of pairs whose first score is the higher one; pairs with equal scores are left out.</summary>
    /// <param name="scores">[N,2].</param>
    /// <returns>In [0, 1]; NaN where all are equal.</returns>
    public static double PerPair(Tensor scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.dim() != 2 || scores.shape[1] != 2) throw new ArgumentException($"the scores are [{string.Join(',', scores.shape)}]; [N,2] is expected", nameof(scores));
        using var scope = NewDisposeScope();
        var ahead = scores.select(1, 0) - scores.select(1, 1);
        return (double)ahead.gt(0).sum().item<long>() / ahead.ne(0).sum().item<long>();
    }

    internal static void Check(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        if (logits.dim() != 3 || !logits.shape.AsSpan(0, 2).SequenceEqual(labels.shape))
            throw new ArgumentException($"logits [{string.Join(',', logits.shape)}] and labels [{string.Join(',', labels.shape)}]; [B,T,2] and [B,T] are expected", nameof(labels));
    }
}
