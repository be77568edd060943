namespace ResearchKit.Data;

/// <summary>How long examples are in a batch, and how much of a batch is padding.</summary>
public static class TokenLengths
{
    /// <summary>Prompt and longer answer of each pair: the width that <see cref="PairBatch.Collate"/> pads its two rows to, were it alone.</summary>
    public static int[] OfPairs(IReadOnlyList<TokenizedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. pairs.Select(pair => pair.Prompt.Length + Math.Max(pair.Chosen.Length, pair.Rejected.Length))];
    }

    /// <summary>Prompt and both answers of each pair: its width where the two share the prompt in one row.</summary>
    public static int[] OfSharedPrompts(IReadOnlyList<TokenizedPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return [.. pairs.Select(pair => pair.Prompt.Length + pair.Chosen.Length + pair.Rejected.Length)];
    }

    /// <summary>Prompt and answer of each row of a <see cref="SequenceBatch"/>.</summary>
    public static int[] OfRows(IReadOnlyList<(int[] Prompt, int[] Answer)> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return [.. rows.Select(row => row.Prompt.Length + row.Answer.Length)];
    }

    /// <summary>The share of padding, in [0, 1), when each batch is padded to its longest example: 1 − Σ lengths / Σ examples × longest.</summary>
    /// <param name="lengths">Tokens of each example.</param>
    /// <param name="batches">Numbers of examples, batch by batch.</param>
    public static double PaddedShare(IReadOnlyList<int> lengths, IEnumerable<IReadOnlyList<int>> batches)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(batches);
        var (real, all) = (0L, 0L);
        foreach (var batch in batches)
        {
            real += batch.Sum(example => (long)lengths[example]);
            all += (long)batch.Count * batch.Max(example => lengths[example]);
        }
        return all == 0 ? 0 : 1 - (double)real / all;
    }
}
