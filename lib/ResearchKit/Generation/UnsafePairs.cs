using ResearchKit.Data;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>Preference pairs made of a model's own failures, with the share of its answers that were failures.</summary>
/// <param name="Pairs">The pairs; chosen is a safe answer, rejected the model's own unsafe one.</param>
/// <param name="UnsafeRate">The share of sampled answers that the judge called unsafe.</param>
public sealed record UnsafePairs(IReadOnlyList<TokenizedPair> Pairs, double UnsafeRate)
{
    /// <summary>
    /// Runs the model on prompts and keeps the answers judged unsafe as rejected, each beside a safe answer from
    /// elsewhere (Egida, arXiv 2502.13603): rejected is on-policy, chosen is off-policy, and there is no pair for a prompt
    /// that the model refuses already.
    /// </summary>
    /// <param name="model">The model to be retrofitted.</param>
    /// <param name="prompts">The prompts, one answer each.</param>
    /// <param name="isUnsafe">The judge: prompt number and answer to whether it is unsafe.</param>
    /// <param name="safeAnswer">The safe answer for a prompt number, end token included.</param>
    /// <param name="group">The cell of a prompt number (topic and style); cells are kept as equal in size as they allow.</param>
    /// <param name="count">The most pairs that are kept.</param>
    /// <param name="sampling">How the answers are sampled.</param>
    /// <param name="generator">The sampling's randomness.</param>
    /// <param name="cancellation">Ends the sampling.</param>
    /// <returns>At most <paramref name="count"/> pairs, in the prompts' order.</returns>
    public static UnsafePairs Sample(
        CausalLM model, IReadOnlyList<int[]> prompts, Func<int, int[], bool> isUnsafe, Func<int, int[]> safeAnswer, Func<int, int> group,
        int count, SamplingOptions sampling, Generator generator, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(isUnsafe);
        ArgumentNullException.ThrowIfNull(safeAnswer);
        ArgumentNullException.ThrowIfNull(group);
        var samples = Sampler.Sample(model, prompts, sampling, generator, cancellation);
        var failures = Enumerable.Range(0, samples.Count).Where(i => isUnsafe(i, samples[i].Tokens)).ToList();
        // The first of every cell, then the second of every cell, and so on.
        var kept = failures.GroupBy(group).SelectMany(cell => cell.Select((i, rank) => (i, rank)))
            .OrderBy(item => item.rank).ThenBy(item => item.i).Take(count).Select(item => item.i).Order();
        return new UnsafePairs(
            [.. kept.Select(i => new TokenizedPair(prompts[i], safeAnswer(i), samples[i].Tokens))],
            samples.Count == 0 ? 0 : (double)failures.Count / samples.Count);
    }
}
