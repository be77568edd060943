using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>How likely a model finds each answer to its own prompt: FLR's baseline "Direct", log p(y | h) / |y|.</summary>
public static class ResponseLogLikelihood
{
    /// <summary>Log-likelihoods of N answers.</summary>
    /// <param name="model">The scoring model; its gradients are untouched.</param>
    /// <param name="prompts">Token ids, at least one each.</param>
    /// <param name="answers">Token ids, at least one each, in the same order.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="normalise">True for the mean per token, false for the sum.</param>
    /// <param name="batchSize">Answers per forward pass.</param>
    /// <returns>[N] in nats.</returns>
    public static double[] Of(CausalLM model, IReadOnlyList<int[]> prompts, IReadOnlyList<int[]> answers, int padId, bool normalise = true, int batchSize = 256)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(answers);
        if (prompts.Count != answers.Count || answers.Any(answer => answer.Length == 0) || prompts.Any(prompt => prompt.Length == 0))
            throw new ArgumentException($"{prompts.Count} prompts and {answers.Count} answers; one prompt per answer is expected, each with at least one token", nameof(answers));
        using var noGrad = no_grad();
        var result = new List<double>(answers.Count);
        foreach (var part in prompts.Zip(answers).Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            using var batch = SequenceBatch.Collate(part, padId, model.Device);
            var perToken = LogProbs.PerToken(model.Forward(batch.Ids), batch.Ids);                // [b,T-1]
            var mask = batch.CompletionMask[.., 1..];
            var reduced = normalise ? LogProbs.Mean(perToken, mask) : LogProbs.Sum(perToken, mask);
            result.AddRange(reduced.to(ScalarType.Float64).cpu().data<double>().ToArray());
        }
        return [.. result];
    }
}
