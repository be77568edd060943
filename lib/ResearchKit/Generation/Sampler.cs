using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>Writes on from prompts, all rows of a batch at once, with a key-value cache.</summary>
public static class Sampler
{
    /// <summary>
    /// Completes each prompt. Prompts may differ in length: shorter ones are padded on the left, which changes no
    /// result. A finished row is dropped from the batch. Row i draws its n-th token with the same uniform number
    /// whatever the other rows do, so the same generator seed gives the same tokens.
    /// </summary>
    /// <param name="model">The model; its gradients are untouched.</param>
    /// <param name="prompts">Token ids, at least one per prompt.</param>
    /// <param name="options">How to draw and when to stop.</param>
    /// <param name="generator">The source of randomness; null only where the temperature is 0.</param>
    /// <param name="cancellationToken">Looked at before every token.</param>
    /// <returns>One completion per prompt, in the prompts' order.</returns>
    /// <exception cref="GenerationException">Options out of range, an empty prompt, or more tokens than the model has positions.</exception>
    public static IReadOnlyList<Completion> Sample(
        CausalLM model, IReadOnlyList<int[]> prompts, SamplingOptions options, Generator? generator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (generator is null && options.Temperature > 0)
            throw new GenerationException($"Temperature {options.Temperature} needs a generator; pass one from RandomStreams, or set Temperature to 0.");
        if (prompts.Count == 0) return [];
        CheckLengths(model.Config, prompts, options);

        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        using var batch = new SamplingBatch(model, prompts, options, generator);
        do cancellationToken.ThrowIfCancellationRequested();
        while (batch.Step());
        return batch.Completions();
    }

    private static void CheckLengths(ModelConfig config, IReadOnlyList<int[]> prompts, SamplingOptions options)
    {
        for (var i = 0; i < prompts.Count; i++)
        {
            var length = prompts[i].Length;
            if (length == 0) throw new GenerationException($"Prompt {i} is empty; a model needs at least one token to go on from (for example its BOS id).");
            if (length + options.MaxNewTokens > config.MaxPositions)
                throw new GenerationException($"Prompt {i} has {length} tokens and {options.MaxNewTokens} may be added; the model has {config.MaxPositions} positions. Cut the prompt or lower MaxNewTokens.");
            foreach (var id in prompts[i])
            {
                if (id < 0 || id >= config.VocabSize) throw new GenerationException($"Prompt {i} holds the token id {id}; the model's ids are 0 to {config.VocabSize - 1}.");
            }
        }
    }
}
