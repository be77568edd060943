using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// What the released code of FLR computes instead of a log-likelihood (e0397123/FLR 787bce6, run_llama3.py): the logits
/// at one position only, the one right after the follow-up's first token, averaged raw over all the follow-up's token
/// ids. No softmax, no order of tokens. An ablation.
/// </summary>
public static class FirstPositionLogit
{
    /// <summary>(1/n) Σ_i z[f_i], z the logits after the prefix and f_1.</summary>
    /// <param name="model">The scoring model.</param>
    /// <param name="prefixes">B rows of token ids.</param>
    /// <param name="suffixes">F rows of token ids; the official code counts the BOS id among them, which a caller may put into <paramref name="counted"/>.</param>
    /// <param name="counted">The ids averaged for each suffix; the suffix's own where null.</param>
    /// <param name="rowsPerPass">Rows per forward pass.</param>
    /// <returns>[B,F], logits.</returns>
    public static double[,] Of(
        CausalLM model, IReadOnlyList<int[]> prefixes, IReadOnlyList<int[]> suffixes, IReadOnlyList<int[]>? counted = null, int rowsPerPass = 512)
    {
        SuffixLogLikelihood.Check(model, prefixes, suffixes);
        counted ??= suffixes;
        // After the first token: a second one, whichever, makes the pass go one position further.
        int[][] firsts = [.. suffixes.Select(suffix => new[] { suffix[0], suffix[0] })];
        return new PrefixedRows(model, prefixes, firsts, rowsPerPass).Read((hidden, ids) =>
        {
            using var scope = NewDisposeScope();
            var logits = model.Logits(hidden.select(1, 1)).to(ScalarType.Float64);                // [b·F,V]
            var weights = zeros([counted.Count, logits.shape[1]], ScalarType.Float64, ids.device);
            for (var f = 0; f < counted.Count; f++) foreach (var id in counted[f]) weights[f, id] += 1.0 / counted[f].Length;
            return (logits * weights.repeat(ids.shape[0] / counted.Count, 1)).sum(1).cpu().data<double>().ToArray();
        });
    }
}
