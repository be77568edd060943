using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// How probable it is that an answer begins with one of some tokens: the probability of refusing, or a safeguard
/// model's P(unsafe). Exact, where samples would be noisy.
/// </summary>
public static class FirstTokenProbability
{
    /// <summary>Σ p(token | prompt) over the tokens, for each prompt.</summary>
    /// <param name="model">The model; its gradients are untouched.</param>
    /// <param name="prompts">Token ids, at least one per prompt; lengths may differ.</param>
    /// <param name="tokens">The tokens, each once.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="batchSize">Prompts per forward pass.</param>
    /// <returns>Probabilities in [0, 1], in the prompts' order.</returns>
    public static double[] Of(CausalLM model, IReadOnlyList<int[]> prompts, IReadOnlyList<int> tokens, int padId, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        using var noGrad = no_grad();
        var result = new List<double>(prompts.Count);
        foreach (var part in prompts.Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            using var batch = SequenceBatch.Collate([.. part.Select(prompt => (prompt, Array.Empty<int>()))], padId, model.Device);
            var last = tensor(part.Select(prompt => prompt.Length - 1L).ToArray(), device: model.Device);
            var hidden = model.Hidden(batch.Ids)[arange(part.Length, device: model.Device), last];                     // [B,D]
            var chosen = tensor(tokens.Select(token => (long)token).ToArray(), device: model.Device);
            var probability = model.Logits(hidden).to(ScalarType.Float64).softmax(-1).index_select(1, chosen).sum(1);  // [B]
            result.AddRange(probability.cpu().data<double>().ToArray());
        }
        return [.. result];
    }
}
