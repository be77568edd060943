using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Controlled generation with a real language model: prompts are openings of its own stories, the true reward is the
/// logistic function of the continuation's mean lexicon valence.
/// </summary>
/// <param name="tokenizer">The checkpoint's tokenizer; it must have an end token.</param>
/// <param name="lexicon">The words that count.</param>
/// <param name="openings">Openings as ids, each with its begin token; at least one.</param>
/// <param name="maxNewTokens">The longest continuation.</param>
public sealed class StoryTask(ITokenizer tokenizer, Lexicon lexicon, IReadOnlyList<int[]> openings, int maxNewTokens) : IContinuationTask
{
    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = tokenizer;

    /// <inheritdoc/>
    /// <remarks>TinyStories models separate stories by the begin token, so it ends one too.</remarks>
    public IReadOnlyList<int> StopTokens { get; } = [.. new[] { tokenizer.EosId, tokenizer.BosId }.OfType<int>().Distinct()];

    /// <inheritdoc/>
    public int MaxNewTokens { get; } = maxNewTokens;

    /// <inheritdoc/>
    public int[] Prompt(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return rng.Pick(openings);
    }

    /// <inheritdoc/>
    public double Reward(IReadOnlyList<int> prompt, IReadOnlyList<int> continuation) =>
        1 / (1 + Math.Exp(-lexicon.MeanValence(Tokenizer.Decode(continuation))));
}
