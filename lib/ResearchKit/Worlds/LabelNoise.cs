using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Worlds;

/// <summary>Wrong labels at a known rate.</summary>
public static class LabelNoise
{
    /// <summary>The same pairs, each with chosen and rejected exchanged with the given probability.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="rate">The probability in [0, 1].</param>
    /// <param name="rng">The randomness: one draw for each pair.</param>
    public static IReadOnlyList<TokenizedPair> Flip(IReadOnlyList<TokenizedPair> pairs, double rate, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(rng);
        if (rate is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(rate), rate, "a probability in [0, 1] is expected");
        return [.. pairs.Select(pair => rng.NextDouble() < rate ? new TokenizedPair(pair.Prompt, pair.Rejected, pair.Chosen) : pair)];
    }
}
