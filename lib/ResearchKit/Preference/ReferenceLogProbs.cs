using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The reference's summed log-probabilities of N pairs, computed once: the reference never changes, so training then
/// needs no second model in memory and no second forward pass.
/// </summary>
/// <param name="Chosen">log π_ref(chosen | prompt) of each pair [N].</param>
/// <param name="Rejected">log π_ref(rejected | prompt) of each pair [N].</param>
public sealed record ReferenceLogProbs(IReadOnlyList<double> Chosen, IReadOnlyList<double> Rejected)
{
    /// <summary>Runs the reference over all pairs, in batches, without gradients.</summary>
    /// <param name="reference">The frozen model.</param>
    /// <param name="pairs">The pairs, in the order in which they will be asked for.</param>
    /// <param name="padId">The id that fills the padding.</param>
    /// <param name="batchSize">Pairs per forward pass.</param>
    public static ReferenceLogProbs Compute(CausalLM reference, IReadOnlyList<TokenizedPair> pairs, int padId, int batchSize = 128)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(batchSize);
        using var noGrad = no_grad();
        var (chosen, rejected) = (new List<double>(pairs.Count), new List<double>(pairs.Count));
        foreach (var part in pairs.Chunk(batchSize))
        {
            using var scope = NewDisposeScope();
            using var batch = PairBatch.Collate(part, padId, reference.Device);
            var perToken = LogProbs.PerToken(reference.Forward(batch.Ids), batch.Ids);                                   // [2B,T-1]
            var sums = LogProbs.Sum(perToken, batch.CompletionMask[.., 1..]).to(ScalarType.Float64).cpu().data<double>().ToArray(); // [2B]
            chosen.AddRange(sums.Take(part.Length));
            rejected.AddRange(sums.Skip(part.Length));
        }
        return new ReferenceLogProbs(chosen, rejected);
    }

    /// <summary>The values of some pairs as tensors [B] of the given type, in the order asked for.</summary>
    /// <param name="indices">Pair numbers, 0 .. N-1.</param>
    /// <param name="dtype">The policy's log-probabilities' type.</param>
    /// <param name="device">Where the tensors live; the CPU by default.</param>
    public (Tensor Chosen, Tensor Rejected) At(IReadOnlyList<int> indices, ScalarType dtype = ScalarType.Float32, Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(indices);
        Tensor Pick(IReadOnlyList<double> values) => tensor(indices.Select(i => values[i]).ToArray(), dtype, device);
        return (Pick(Chosen), Pick(Rejected));
    }
}
