using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// A frozen reference's log-probabilities of a set of pairs, computed once: a training step then needs one forward pass, of the
/// policy alone. TRL's precompute_ref_log_probs, kept per token, so that losses which weigh or cut tokens are served as well.
/// </summary>
public sealed class ReferenceLogProbs
{
    private readonly IReadOnlyList<TokenizedPair> pairs;
    private readonly double[][] chosen, rejected;
    private readonly Device device;

    internal ReferenceLogProbs(IReadOnlyList<TokenizedPair> pairs, Device device)
    {
        (this.pairs, this.device) = (pairs, device);
        (chosen, rejected) = (new double[pairs.Count][], new double[pairs.Count][]);
    }

    /// <summary>Of each pair's chosen and rejected answer, token by token.</summary>
    internal (double[][] Chosen, double[][] Rejected) Answers => (chosen, rejected);

    /// <summary>Scores all pairs with the reference.</summary>
    /// <param name="reference">The reference; its gradients are untouched.</param>
    /// <param name="pairs">The pairs, in the order by which <see cref="Batch"/> numbers them.</param>
    /// <param name="padId">The id that pads rows.</param>
    /// <param name="batchSize">Pairs scored at a time.</param>
    public static ReferenceLogProbs Precompute(CausalLM reference, IReadOnlyList<TokenizedPair> pairs, int padId, int batchSize = 128)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        var result = new ReferenceLogProbs(pairs, reference.Device);
        for (var start = 0; start < pairs.Count; start += batchSize)
        {
            using var noGradient = no_grad();
            using var scope = NewDisposeScope();
            TokenizedPair[] part = [.. pairs.Skip(start).Take(batchSize)];
            using var batch = PairBatch.Collate(part, padId, reference.Device);
            using var scored = LogProbs.PerToken(reference.Forward(batch.Ids), batch.Ids).to_type(ScalarType.Float64).cpu().contiguous();
            var (values, width) = (scored.data<double>().ToArray(), (int)scored.shape[1]);
            for (var i = 0; i < part.Length; i++)
            {
                var first = part[i].Prompt.Length - 1;
                result.chosen[start + i] = values.AsSpan(i * width + first, part[i].Chosen.Length).ToArray();
                result.rejected[start + i] = values.AsSpan((part.Length + i) * width + first, part[i].Rejected.Length).ToArray();
            }
        }
        return result;
    }

    /// <summary>The log-probabilities of some pairs, placed as <see cref="PairBatch.Collate"/> of the same pairs places their tokens.</summary>
    /// <param name="rows">Numbers of pairs, at least one.</param>
    /// <param name="dtype">The policy's log-probabilities' type.</param>
    /// <returns>[2B,T-1], chosen rows first; 0 on prompt and padding.</returns>
    public Tensor Batch(IReadOnlyList<int> rows, ScalarType dtype = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Count == 0) throw new ArgumentException("a batch needs at least one pair", nameof(rows));
        var width = rows.Max(row => pairs[row].Prompt.Length + Math.Max(chosen[row].Length, rejected[row].Length)) - 1;
        var values = new double[2 * rows.Count * width];
        for (var i = 0; i < rows.Count; i++)
        {
            var first = pairs[rows[i]].Prompt.Length - 1;
            chosen[rows[i]].CopyTo(values, i * width + first);
            rejected[rows[i]].CopyTo(values, (rows.Count + i) * width + first);
        }
        return tensor(values, [2 * rows.Count, width], dtype, device);
    }

    /// <summary>The same summed over each answer: log π_ref(chosen | prompt) and log π_ref(rejected | prompt), [B] each.</summary>
    /// <param name="rows">Numbers of pairs, in the order asked for.</param>
    /// <param name="dtype">The policy's log-probabilities' type.</param>
    public (Tensor Chosen, Tensor Rejected) Sums(IReadOnlyList<int> rows, ScalarType dtype = ScalarType.Float32)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Tensor Sum(double[][] values) => tensor(rows.Select(row => values[row].Sum()).ToArray(), dtype, device);
        return (Sum(chosen), Sum(rejected));
    }
}
