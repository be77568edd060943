namespace ResearchKit.Generation;

/// <summary>How tokens are drawn. Temperature first, then top-k, then top-p, as in Hugging Face's generate.</summary>
public sealed record SamplingOptions
{
    /// <summary>Divides the logits; 0 always takes the likeliest token (greedy).</summary>
    public double Temperature { get; init; } = 1;

    /// <summary>Only the k likeliest tokens may be drawn; 0 for all.</summary>
    public int TopK { get; init; }

    /// <summary>Only the smallest set of likeliest tokens whose probability reaches this may be drawn; 1 for all.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>The most tokens that are added to a prompt.</summary>
    public required int MaxNewTokens { get; init; }

    /// <summary>Tokens that end a completion; the token itself is kept.</summary>
    public IReadOnlyList<int> StopTokens { get; init; } = [];

    /// <summary>The tokens that may stand at the answers' first places, or null for all everywhere; holds under greedy drawing too.</summary>
    public TokenRestriction? Restriction { get; init; }

    /// <summary>Checks the numbers.</summary>
    /// <exception cref="GenerationException">One is out of range; the message names it.</exception>
    public void Validate()
    {
        if (!(Temperature >= 0)) throw new GenerationException($"{nameof(Temperature)} is {Temperature}; it must be 0 (greedy) or above.");
        if (TopK < 0) throw new GenerationException($"{nameof(TopK)} is {TopK}; it must be 0 (off) or above.");
        if (!(TopP > 0 && TopP <= 1)) throw new GenerationException($"{nameof(TopP)} is {TopP}; it must be above 0 and at most 1 (off).");
        if (MaxNewTokens < 1) throw new GenerationException($"{nameof(MaxNewTokens)} is {MaxNewTokens}; it must be at least 1.");
    }
}
