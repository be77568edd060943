using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Preference pairs from a model's own samples, as the IMDb experiments of DPO and TDPO make them: two samples for a
/// prompt, the one with the higher true reward is chosen, pairs that are too close are dropped.
/// </summary>
public static class OnPolicyPairs
{
    private const int PromptsPerRound = 512;
    private const int Rounds = 50;

    /// <summary>Samples until there are <paramref name="count"/> pairs.</summary>
    /// <param name="model">The model that answers, usually the reference.</param>
    /// <param name="prompt">Draws a prompt.</param>
    /// <param name="reward">The true reward of prompt and answer.</param>
    /// <param name="minimumGap">Pairs whose rewards differ by less are dropped.</param>
    /// <param name="count">How many pairs are wanted.</param>
    /// <param name="sampling">How the answers are sampled.</param>
    /// <param name="generator">The sampling's randomness.</param>
    /// <param name="cancellation">Ends the sampling.</param>
    /// <exception cref="GenerationException">After 25,600 prompts there are still too few pairs.</exception>
    public static IReadOnlyList<TokenizedPair> Sample(
        CausalLM model, Func<int[]> prompt, Func<int[], int[], double> reward, double minimumGap, int count,
        SamplingOptions sampling, Generator generator, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(reward);
        var pairs = new List<TokenizedPair>(count);
        for (var round = 0; pairs.Count < count; round++)
        {
            if (round == Rounds)
            {
                throw new GenerationException(
                    $"after {Rounds * PromptsPerRound} prompts only {pairs.Count} of {count} pairs differ by {minimumGap} in reward; lower the gap, raise the temperature or ask for fewer pairs.");
            }
            var prompts = Enumerable.Range(0, Math.Min(PromptsPerRound, 2 * count)).Select(_ => prompt()).SelectMany(p => new[] { p, p }).ToArray();
            var samples = Sampler.Sample(model, prompts, sampling, generator, cancellation);
            for (var i = 0; i < samples.Count && pairs.Count < count; i += 2)
            {
                var (first, second) = (samples[i], samples[i + 1]);
                var difference = reward(first.Prompt, first.Tokens) - reward(second.Prompt, second.Tokens);
                if (Math.Abs(difference) < minimumGap) continue;
                pairs.Add(difference > 0
                    ? new TokenizedPair(first.Prompt, first.Tokens, second.Tokens)
                    : new TokenizedPair(first.Prompt, second.Tokens, first.Tokens));
            }
        }
        return pairs;
    }
}
