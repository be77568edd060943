using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>The n completions of one prompt with their scores.</summary>
/// <param name="Completions">All of them, in the order drawn.</param>
/// <param name="Scores">Their scores; higher is better.</param>
public sealed record ScoredCompletions(IReadOnlyList<Completion> Completions, IReadOnlyList<double> Scores)
{
    /// <summary>The highest score's index; the first of equals.</summary>
    public int BestIndex => Enumerable.Range(0, Scores.Count).MaxBy(i => Scores[i]);

    /// <summary>The completion with the highest score.</summary>
    public Completion Best => Completions[BestIndex];
}

/// <summary>Draws several completions per prompt and keeps all with their scores, so that the best can be taken.</summary>
public static class BestOfN
{
    /// <summary>n completions of every prompt, scored.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prompts">Token ids, at least one per prompt.</param>
    /// <param name="n">Completions per prompt.</param>
    /// <param name="scorer">Scores many completions at once (a reward model's batch), in their order; higher is better, never NaN.</param>
    /// <param name="options">How to draw; a temperature of 0 would give n equal completions.</param>
    /// <param name="generator">The source of randomness.</param>
    /// <param name="cancellationToken">Looked at before every token.</param>
    /// <returns>One result per prompt, in the prompts' order.</returns>
    /// <exception cref="GenerationException">As <see cref="Sampler.Sample"/>; or the scorer gave another number of scores, or NaN.</exception>
    public static IReadOnlyList<ScoredCompletions> Sample(
        CausalLM model, IReadOnlyList<int[]> prompts, int n, Func<IReadOnlyList<Completion>, IReadOnlyList<double>> scorer,
        SamplingOptions options, Generator generator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(scorer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(n);
        var repeated = prompts.SelectMany(prompt => Enumerable.Repeat(prompt, n)).ToList();
        var completions = Sampler.Sample(model, repeated, options, generator, cancellationToken);
        var scores = completions.Count == 0 ? [] : scorer(completions);
        if (scores.Count != completions.Count)
            throw new GenerationException($"The scorer gave {scores.Count} scores for {completions.Count} completions; it must give one each, in their order.");
        if (Enumerable.Range(0, scores.Count).FirstOrDefault(i => double.IsNaN(scores[i]), -1) is var bad and >= 0)
            throw new GenerationException($"The scorer gave NaN for completion {bad % n} of prompt {bad / n}; scores must be numbers that can be ordered.");
        return [.. Enumerable.Range(0, prompts.Count).Select(i => new ScoredCompletions(
            [.. completions.Skip(i * n).Take(n)], [.. scores.Skip(i * n).Take(n)]))];
    }

    /// <summary>n completions of every prompt, each scored by itself; see the batch form.</summary>
    public static IReadOnlyList<ScoredCompletions> Sample(
        CausalLM model, IReadOnlyList<int[]> prompts, int n, Func<Completion, double> scorer,
        SamplingOptions options, Generator generator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(scorer);
        return Sample(model, prompts, n, completions => [.. completions.Select(scorer)], options, generator, cancellationToken);
    }
}
