using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>
/// Runs prefixes once and all suffixes after each of them: a key-value cache holds the prefixes, its rows are repeated
/// for the suffixes. Prefixes are taken by length, so that most need no padding.
/// </summary>
internal sealed class PrefixedRows(CausalLM model, IReadOnlyList<int[]> prefixes, IReadOnlyList<int[]> suffixes, int rowsPerPass)
{
    /// <summary>What is read of some prefixes: the hidden state before each suffix token [b·F,T,D], the suffixes' ids [b·F,T], to b·F numbers.</summary>
    internal delegate double[] Reader(Tensor hidden, Tensor ids);

    private readonly int width = suffixes.Max(suffix => suffix.Length);

    /// <summary>One number for each prefix and suffix [B,F].</summary>
    internal double[,] Read(Reader reader)
    {
        var result = new double[prefixes.Count, suffixes.Count];
        using var noGrad = no_grad();
        var perPass = Math.Max(1, rowsPerPass / suffixes.Count);
        foreach (var part in Enumerable.Range(0, prefixes.Count).OrderBy(i => prefixes[i].Length).Chunk(perPass))
        {
            using var scope = NewDisposeScope();
            var ids = SuffixIds().repeat(part.Length, 1);                                        // [b·F,T]
            var numbers = reader(Hidden(part, ids), ids);
            for (var i = 0; i < numbers.Length; i++) result[part[i / suffixes.Count], i % suffixes.Count] = numbers[i];
        }
        return result;
    }

    private Tensor Hidden(int[] part, Tensor ids)
    {
        var longest = part.Max(i => prefixes[i].Length);
        using var cache = new KeyValueCache(longest + width - 1);
        var (prefixIds, mask) = PadLeft(part, longest);
        var last = model.Hidden(prefixIds, mask, cache).narrow(1, longest - 1, 1);               // [b,1,D]
        using var rows = arange(part.Length, ScalarType.Int64, model.Device).repeat_interleave(suffixes.Count);
        var before = last.index_select(0, rows);                                                 // [b·F,1,D]
        if (width == 1) return before;
        cache.KeepRows(rows);
        return cat([before, model.Hidden(ids[.., ..^1], cache: cache)], 1);                      // [b·F,T,D]
    }

    private Tensor SuffixIds()
    {
        var ids = new long[suffixes.Count * width]; // what follows a suffix's end is never read, so 0 fills it
        for (var f = 0; f < suffixes.Count; f++) for (var t = 0; t < suffixes[f].Length; t++) ids[f * width + t] = suffixes[f][t];
        return tensor(ids, [suffixes.Count, width], device: model.Device);
    }

    private (Tensor Ids, Tensor? Mask) PadLeft(int[] part, int longest)
    {
        var ids = new long[part.Length * longest];
        var real = new long[ids.Length];
        for (var r = 0; r < part.Length; r++)
        {
            var prefix = prefixes[part[r]];
            for (var t = 0; t < prefix.Length; t++) (ids[(r + 1) * longest - prefix.Length + t], real[(r + 1) * longest - prefix.Length + t]) = (prefix[t], 1);
        }
        var padded = part.Any(i => prefixes[i].Length < longest);
        return (tensor(ids, [part.Length, longest], device: model.Device), padded ? tensor(real, [part.Length, longest], device: model.Device) : null);
    }
}
