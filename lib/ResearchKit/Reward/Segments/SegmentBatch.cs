using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>Questions and answers as a segment classifier reads them: a separator after every segment, at which it is asked.</summary>
/// <param name="Ids">Question, answer and separators, padded on the right [B,L], int64.</param>
/// <param name="Separators">Where the separators are, counted over the flattened [B·L], answer by answer, int64 [S].</param>
/// <param name="Counts">How many segments each answer has.</param>
public sealed record SegmentBatch(Tensor Ids, Tensor Separators, IReadOnlyList<int> Counts) : IDisposable
{
    /// <summary>Inserts the separators and pads.</summary>
    /// <param name="answers">At least one question with its answer and the places of its segments' last tokens.</param>
    /// <param name="separator">The separator's id; it should stand for nothing else.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    public static SegmentBatch Collate(IReadOnlyList<(int[] Question, int[] Answer, int[] Ends)> answers, int separator, int padId, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(answers);
        if (answers.Count == 0) throw new ArgumentException("a batch needs at least one answer", nameof(answers));
        var width = answers.Max(a => a.Question.Length + a.Answer.Length + a.Ends.Length);
        var ids = new long[answers.Count * width];
        Array.Fill(ids, padId);
        var separators = new List<long>();
        for (var row = 0; row < answers.Count; row++)
        {
            var (question, answer, ends) = answers[row];
            var (at, next) = (row * width, 0);
            foreach (var id in question) ids[at++] = id;
            for (var t = 0; t < answer.Length; t++)
            {
                ids[at++] = answer[t];
                if (next >= ends.Length || ends[next] != t) continue;
                next++;
                separators.Add(at);
                ids[at++] = separator;
            }
            if (next < ends.Length) throw new ArgumentException($"segment {next} of answer {row} ends at token {ends[next]}; rising places below {answer.Length} are expected", nameof(answers));
        }
        return new SegmentBatch(tensor(ids, [answers.Count, width], device: device), tensor(separators.ToArray(), device: device), [.. answers.Select(a => a.Ends.Length)]);
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Ids.Dispose();
        Separators.Dispose();
    }
}
