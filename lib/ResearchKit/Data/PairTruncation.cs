namespace ResearchKit.Data;

/// <summary>Pairs cut to a length, and what that cost: nothing is cut silently.</summary>
/// <param name="Pairs">The pairs that fit after cutting.</param>
/// <param name="CutPrompts">Pairs whose prompt lost tokens at its start.</param>
/// <param name="CutAnswers">Answers that lost tokens at their end.</param>
/// <param name="Dropped">Pairs left out because no answer token would remain.</param>
public sealed record PairTruncation(IReadOnlyList<TokenizedPair> Pairs, int CutPrompts, int CutAnswers, int Dropped)
{
    /// <summary>
    /// Keeps the last <paramref name="maxPrompt"/> prompt tokens and the first answer tokens up to
    /// <paramref name="maxLength"/> in all, as TRL's keep_end and max_length do.
    /// </summary>
    public static PairTruncation Apply(IEnumerable<TokenizedPair> pairs, int maxPrompt, int maxLength)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPrompt);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(maxLength, maxPrompt);
        var kept = new List<TokenizedPair>();
        int cutPrompts = 0, cutAnswers = 0, dropped = 0;
        foreach (var pair in pairs)
        {
            var prompt = pair.Prompt.Length > maxPrompt ? pair.Prompt[^maxPrompt..] : pair.Prompt;
            var room = maxLength - prompt.Length;
            if (pair.Chosen.Length == 0 || pair.Rejected.Length == 0)
            {
                dropped++;
                continue;
            }
            if (prompt.Length < pair.Prompt.Length) cutPrompts++;
            if (pair.Chosen.Length > room) cutAnswers++;
            if (pair.Rejected.Length > room) cutAnswers++;
            kept.Add(new TokenizedPair(prompt, Cut(pair.Chosen, room), Cut(pair.Rejected, room)));
        }
        return new PairTruncation(kept, cutPrompts, cutAnswers, dropped);
    }

    /// <summary>One line for a notebook, such as "1,088 pairs; cut 12 prompts and 40 answers; dropped 0".</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Pairs.Count:N0} pairs; cut {CutPrompts:N0} prompts and {CutAnswers:N0} answers; dropped {Dropped:N0}");

    private static int[] Cut(int[] tokens, int length) => tokens.Length > length ? tokens[..length] : tokens;
}
