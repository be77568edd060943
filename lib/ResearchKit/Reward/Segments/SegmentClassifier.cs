using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// A reward model that says of each segment whether it holds an error: a token classifier read at separators (Wu et al.
/// 2023, arXiv 2306.01693, section 4.2). Theirs is bidirectional with the separator before a segment; this one is causal,
/// so the separator stands after it. Official code: allenai/FineGrainedRLHF a1469d4, reward_modeling/run_fg_rm.py.
/// </summary>
public static class SegmentClassifier
{
    /// <summary>The log-odds that a segment is right [S], segments answer by answer.</summary>
    /// <param name="model">A language model with a scalar head; its vocabulary holds the separator.</param>
    /// <param name="batch">The answers.</param>
    public static Tensor LogOdds(RewardModel model, SegmentBatch batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        return model.Values(batch.Ids).reshape(-1).index_select(0, batch.Separators).MoveToOuterDisposeScope();
    }

    /// <summary>Cross-entropy over the segments alone, −log σ(±z); all other tokens are ignored.</summary>
    /// <param name="logOdds">z [S].</param>
    /// <param name="right">1 for a segment without error, 0 for one with [S].</param>
    /// <returns>Losses [S] in nats, not reduced.</returns>
    public static Tensor Loss(Tensor logOdds, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(logOdds);
        ArgumentNullException.ThrowIfNull(right);
        if (!logOdds.shape.SequenceEqual(right.shape))
            throw new ArgumentException($"labels are [{string.Join(',', right.shape)}], log-odds [{string.Join(',', logOdds.shape)}]: one label per segment is expected", nameof(right));
        return nn.functional.binary_cross_entropy_with_logits(logOdds, right.to_type(logOdds.dtype), reduction: nn.Reduction.None);
    }

    /// <summary>Which segments the model accepts, per answer: "no error" wins over "error".</summary>
    public static IReadOnlyList<bool[]> Accepts(RewardModel model, SegmentBatch batch)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        var accepted = batch.Counts.Sum() == 0 ? [] : LogOdds(model, batch).gt(0).cpu().data<bool>().ToArray();
        var next = 0;
        return [.. batch.Counts.Select(count => accepted[next..(next += count)])];
    }
}
