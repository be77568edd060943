using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>The loss of supervised fine-tuning: mean negative log-likelihood of the answer tokens.</summary>
public static class NextTokenLoss
{
    /// <summary>
    /// Mean over the batch of each row's mean -log p per answer token, in nats; a scalar with a graph behind it.
    /// Padding is on the right, where a causal model needs no attention mask.
    /// </summary>
    public static Tensor Compute(CausalLM model, SequenceBatch batch)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(batch);
        var perToken = LogProbs.PerToken(model.Forward(batch.Ids), batch.Ids); // [B,T-1]
        return -LogProbs.Mean(perToken, batch.CompletionMask[.., 1..]).mean();
    }
}
