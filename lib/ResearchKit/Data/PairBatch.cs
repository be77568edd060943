using static TorchSharp.torch;

namespace ResearchKit.Data;

/// <summary>
/// B preference pairs as one right-padded batch of 2B rows: rows 0..B-1 hold prompt+chosen, rows B..2B-1 prompt+rejected.
/// </summary>
/// <param name="Ids">Token ids [2B,T], int64.</param>
/// <param name="AttentionMask">1 on real tokens, 0 on padding [2B,T], int64.</param>
/// <param name="CompletionMask">1 on answer tokens, 0 on prompt and padding [2B,T], float32; position t belongs to token t, so losses use [:,1:].</param>
public sealed record PairBatch(Tensor Ids, Tensor AttentionMask, Tensor CompletionMask) : IDisposable
{
    /// <summary>The number of pairs, B.</summary>
    public long Pairs => Ids.shape[0] / 2;

    /// <summary>Pads and stacks the pairs.</summary>
    /// <param name="pairs">At least one pair, already cut to length (see <see cref="PairTruncation"/>).</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    public static PairBatch Collate(IReadOnlyList<TokenizedPair> pairs, int padId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        if (pairs.Count == 0) throw new ArgumentException("a batch needs at least one pair", nameof(pairs));

        (int[] Prompt, int[] Answer)[] rows =
        [
            .. pairs.Select(pair => (pair.Prompt, pair.Chosen)),
            .. pairs.Select(pair => (pair.Prompt, pair.Rejected)),
        ];
        var (ids, attention, completion) = SequenceBatch.Collate(rows, padId, device);
        return new PairBatch(ids, attention, completion);
    }

    /// <summary>Frees the three tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        AttentionMask.Dispose();
        CompletionMask.Dispose();
    }
}
