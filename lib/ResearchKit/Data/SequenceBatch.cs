using static TorchSharp.torch;

namespace ResearchKit.Data;

/// <summary>B prompts with one answer each as a right-padded batch.</summary>
/// <param name="Ids">Token ids [B,T], int64.</param>
/// <param name="AttentionMask">1 on real tokens, 0 on padding [B,T], int64.</param>
/// <param name="CompletionMask">1 on answer tokens, 0 on prompt and padding [B,T], float32; position t belongs to token t, so losses use [:,1:].</param>
public sealed record SequenceBatch(Tensor Ids, Tensor AttentionMask, Tensor CompletionMask) : IDisposable
{
    /// <summary>Pads and stacks the rows.</summary>
    /// <param name="rows">At least one row of prompt and answer tokens.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    public static SequenceBatch Collate(IReadOnlyList<(int[] Prompt, int[] Answer)> rows, int padId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("a batch needs at least one row", nameof(rows));

        var width = rows.Max(row => row.Prompt.Length + row.Answer.Length);
        var ids = new long[rows.Count * width];
        var attention = new long[rows.Count * width];
        var completion = new float[rows.Count * width];
        Array.Fill(ids, padId);
        for (var r = 0; r < rows.Count; r++)
        {
            var (prompt, answer) = rows[r];
            for (var t = 0; t < prompt.Length + answer.Length; t++)
            {
                var at = r * width + t;
                ids[at] = t < prompt.Length ? prompt[t] : answer[t - prompt.Length];
                attention[at] = 1;
                completion[at] = t < prompt.Length ? 0 : 1;
            }
        }
        return new SequenceBatch(
            tensor(ids, [rows.Count, width], device: device),
            tensor(attention, [rows.Count, width], device: device),
            tensor(completion, [rows.Count, width], device: device));
    }

    /// <summary>Frees the three tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        AttentionMask.Dispose();
        CompletionMask.Dispose();
    }
}
