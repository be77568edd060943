using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// Cross-entropy of a process reward model on its labelled tokens (Lightman et al. 2023, arXiv 2305.20050). Official
/// code: huggingface/transformers 0114da0, loss_utils.py, ForTokenClassification, as TRL's PRM trainer calls it.
/// </summary>
public static class ProcessRewardLoss
{
    /// <summary>−log p(label | token) over the labelled tokens.</summary>
    /// <param name="logits">[B,T,2]: wrong, right.</param>
    /// <param name="labels">[B,T]: 0, 1, or −100 where nothing is scored.</param>
    /// <param name="items">
    /// What the sum is divided by: labelled tokens of the whole batch when it comes in micro-batches; null for those of this call.
    /// </param>
    /// <returns>A scalar in nats; NaN without a labelled token and items.</returns>
    public static Tensor Compute(Tensor logits, Tensor labels, double? items = null)
    {
        StepAccuracy.Check(logits, labels);
        using var scope = NewDisposeScope();
        var counts = labels.ne(StepTokens.Ignored);
        var target = labels.masked_fill(counts.logical_not(), 0).unsqueeze(-1);                  // [B,T,1]
        var wide = logits.dtype is ScalarType.Float64 ? logits : logits.to(ScalarType.Float32);
        var losses = -nn.functional.log_softmax(wide, -1).gather(-1, target).squeeze(-1);        // [B,T]
        var sum = losses.masked_fill(counts.logical_not(), 0).sum();
        return (items is { } n ? sum / n : sum / counts.sum()).MoveToOuterDisposeScope();
    }
}
