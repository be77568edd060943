using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// The log-likelihood of each of F texts after each of B others: ℓ(f | x) = Σ_t log p(f_t | x, f_&lt;t), or its mean over
/// f's tokens. Each prefix runs once (a key-value cache); only the suffix's own tokens are scored, in float32 at least.
/// </summary>
public static class SuffixLogLikelihood
{
    /// <summary>Log-likelihoods of all suffixes after all prefixes.</summary>
    /// <param name="model">The scoring model; its gradients are untouched.</param>
    /// <param name="prefixes">B rows of at least one token id each; lengths may differ.</param>
    /// <param name="suffixes">F rows of at least one token id each.</param>
    /// <param name="normalise">True for the mean per token, false for the sum.</param>
    /// <param name="rowsPerPass">Rows, prefixes times suffixes, per forward pass; bounds memory, changes no result beyond rounding.</param>
    /// <returns>[B,F] in nats.</returns>
    /// <exception cref="ArgumentException">An empty row, or more tokens than the model has positions.</exception>
    public static double[,] Of(CausalLM model, IReadOnlyList<int[]> prefixes, IReadOnlyList<int[]> suffixes, bool normalise = true, int rowsPerPass = 512)
    {
        Check(model, prefixes, suffixes);
        var lengths = suffixes.Select(suffix => suffix.Length).ToArray();
        return new PrefixedRows(model, prefixes, suffixes, rowsPerPass).Read((hidden, ids) =>
        {
            using var scope = NewDisposeScope();
            var logits = model.Logits(hidden);                                                    // [b·F,T,V]
            if (logits.dtype is not ScalarType.Float64) logits = logits.to(ScalarType.Float32);
            var perToken = logits.gather(-1, ids.unsqueeze(-1)).squeeze(-1) - logits.logsumexp(-1);   // [b·F,T]
            var length = tensor(lengths.Select(n => (long)n).ToArray(), device: ids.device).repeat(ids.shape[0] / lengths.Length);
            var mask = arange(ids.shape[1], ScalarType.Int64, ids.device).lt(length.unsqueeze(1));    // [b·F,T]
            var reduced = normalise ? LogProbs.Mean(perToken, mask) : LogProbs.Sum(perToken, mask);
            return reduced.to(ScalarType.Float64).cpu().data<double>().ToArray();
        });
    }

    internal static void Check(CausalLM model, IReadOnlyList<int[]> prefixes, IReadOnlyList<int[]> suffixes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prefixes);
        ArgumentNullException.ThrowIfNull(suffixes);
        foreach (var (rows, name) in new[] { (prefixes, nameof(prefixes)), (suffixes, nameof(suffixes)) })
        {
            if (rows.Count == 0) throw new ArgumentException("at least one row is expected", name);
            for (var i = 0; i < rows.Count; i++) if (rows[i].Length == 0) throw new ArgumentException($"row {i} is empty; at least one token is expected", name);
        }
        var longest = prefixes.Max(row => row.Length) + suffixes.Max(row => row.Length);
        if (longest > model.Config.MaxPositions)
            throw new ArgumentException($"the longest prefix and suffix have {longest} tokens together, the model has {model.Config.MaxPositions} positions; cut prefixes at their beginning, never the suffix", nameof(prefixes));
    }
}
