using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// What all layers of one forward pass share: positions, rotary angles and the attention mask, built once. Padding on
/// the right needs no mask: a real token sees only what stands to its left. So a mask is built only for padding on
/// the left (or inside), for a sliding window shorter than the row, and for several tokens on top of a cache.
/// </summary>
internal sealed class AttentionPlan
{
    private readonly Tensor? full, windowed;
    private readonly long keys, queries;
    private readonly int? window;

    private AttentionPlan(ModelConfig config, Tensor ids, Tensor? real, KeyValueCache? cache, RotaryTable? rotary, ScalarType dtype)
    {
        var (rows, past, device) = (ids.shape[0], cache?.Length ?? 0, ids.device);
        queries = ids.shape[1];
        keys = past + queries;
        window = config.SlidingWindow is { } size && size < keys ? size : null;
        Past = past;

        if (real is not null && cache is not null) cache.NotePadding(real, dtype);
        var bias = cache is not null ? cache.KeyBias?.narrow(3, 0, keys) : real is null ? null : KeyBias(real, dtype);
        Positions = cache?.NextPosition is { } next ? Offset(next, real) : real is null ? null : Place(real);

        if (queries == 1)
        {
            full = bias; // the window is taken by narrowing the keys
        }
        else
        {
            var later = past > 0 || bias is not null || window is not null ? ones([queries, keys], ScalarType.Bool, device).triu(past + 1) : null;
            Causal = later is null || (past == 0 && bias is null);
            if (!Causal) full = Block(later!);
            if (window is { } w) windowed = Block(later!.logical_or(ones([queries, keys], ScalarType.Bool, device).tril(past - w)));
        }

        if (rotary is null) return;
        var (cos, sin) = rotary.Get(keys, device, dtype);
        (Cos, Sin) = Positions is null
            ? (cos.narrow(0, past, queries), sin.narrow(0, past, queries))
            : (Look(cos), Look(sin));

        Tensor Block(Tensor blocked) =>
            (bias?.expand(rows, 1, queries, keys) ?? zeros([queries, keys], dtype, device)).masked_fill(blocked, finfo(dtype).min);

        Tensor Look(Tensor table) => table.index_select(0, Positions.reshape(-1)).view(rows, 1, queries, -1);
    }

    /// <summary>Tokens already in the cache.</summary>
    internal long Past { get; }

    /// <summary>Position ids [B,T]; null for Past, Past+1, ... in every row.</summary>
    internal Tensor? Positions { get; }

    /// <summary>Rotary cosines, [T,d] or [B,1,T,d].</summary>
    internal Tensor? Cos { get; }

    /// <summary>Rotary signed sines, [T,d] or [B,1,T,d].</summary>
    internal Tensor? Sin { get; }

    private bool Causal { get; }

    internal static AttentionPlan Create(ModelConfig config, Tensor ids, Tensor? real, KeyValueCache? cache, RotaryTable? rotary, ScalarType dtype) =>
        new(config, ids, real, cache, rotary, dtype);

    /// <summary>
    /// Which of the tokens are real, [B,T] bool; null where no mask is needed: none given, no padding, or padding on the
    /// right alone and no cache (what comes after a padded token would see it there).
    /// </summary>
    internal static Tensor? NeededMask(Tensor ids, Tensor? attentionMask, KeyValueCache? cache)
    {
        if (attentionMask is null) return null;
        if (!attentionMask.shape.AsSpan().SequenceEqual(ids.shape))
            throw new ModelException($"The attention mask is [{string.Join(',', attentionMask.shape)}], the ids are [{string.Join(',', ids.shape)}]; a mask has one number per id (with a cache: per new id).");
        var real = attentionMask.dtype == ScalarType.Bool ? attentionMask : attentionMask.ne(0);
        using var onCpu = real.cpu().contiguous();
        var (width, values) = (ids.shape[1], onCpu.data<bool>().ToArray());
        return Enumerable.Range(0, values.Length).Any(i => cache is null ? values[i] && i % width > 0 && !values[i - 1] : !values[i]) ? real : null;
    }

    /// <summary>Softmax attention of queries [B,H,T,d] over keys and values [B,Hkv,S,d], under a layer's window: [B,H,T,d].</summary>
    internal Tensor Attend(Tensor query, Tensor key, Tensor value, int? layerWindow)
    {
        var limited = layerWindow is not null && window is not null;
        var mask = limited && queries > 1 ? windowed : full;
        if (limited && queries == 1)
        {
            var w = window!.Value;
            (key, value, mask) = (key.narrow(2, keys - w, w), value.narrow(2, keys - w, w), mask?.narrow(3, keys - w, w));
        }
        var (rows, heads, groups) = (query.shape[0], query.shape[1], query.shape[1] / key.shape[1]);
        if (groups > 1 && queries == 1)
        {
            // The queries of one key head take the place of its tokens: no key is copied.
            var grouped = nn.functional.scaled_dot_product_attention(query.reshape(rows, heads / groups, groups, -1), key, value, mask);
            return grouped.view(rows, heads, 1, -1);
        }
        if (groups > 1) (key, value) = (key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1));
        return nn.functional.scaled_dot_product_attention(query, key, value, mask, is_casual: mask is null && queries > 1);
    }

    private static Tensor KeyBias(Tensor real, ScalarType dtype) =>
        zeros([real.shape[0], 1, 1, real.shape[1]], dtype, real.device).masked_fill_(real.logical_not().reshape(real.shape[0], 1, 1, -1), finfo(dtype).min);

    // cumsum(mask) - 1, and 1 on padding, as the official generation code has it.
    private static Tensor Place(Tensor real) => real.cumsum(1, ScalarType.Int64).sub(1).masked_fill(real.logical_not(), 1);

    private Tensor Offset(Tensor next, Tensor? real) =>
        real is not null ? Place(real).add(next) : queries == 1 ? next : next.add(arange(queries, ScalarType.Int64, next.device));
}
