using static TorchSharp.torch;

namespace ResearchKit.Models;

/// <summary>
/// Keys and values of the tokens a model has already seen, one pair per layer, in buffers allocated once for
/// <c>capacity</c> tokens. Belongs to one model and one batch; not thread-safe; for generation only (no gradient flows
/// through it).
/// </summary>
public sealed class KeyValueCache : IDisposable
{
    private readonly List<(Tensor Keys, Tensor Values)> layers = [];
    private readonly int capacity;

    /// <summary>An empty cache.</summary>
    /// <param name="capacity">The most tokens, padding included, a row will hold.</param>
    public KeyValueCache(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        this.capacity = capacity;
    }

    /// <summary>Tokens held per row, padding included.</summary>
    public int Length { get; private set; }

    /// <summary>Added to the attention scores: 0 on real keys, the lowest number on padding [B,1,1,capacity]; null while no padding was seen.</summary>
    internal Tensor? KeyBias { get; private set; }

    /// <summary>The next token's position [B,1] int64; null while no padding was seen.</summary>
    internal Tensor? NextPosition { get; private set; }

    /// <summary>Keeps only the given rows, in the order given.</summary>
    /// <param name="rows">Row numbers [n], int64, on the cache's device.</param>
    public void KeepRows(Tensor rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        for (var i = 0; i < layers.Count; i++)
        {
            var (keys, values) = layers[i];
            layers[i] = (Select(keys, rows), Select(values, rows));
        }
        if (KeyBias is not null) KeyBias = Select(KeyBias, rows);
        if (NextPosition is not null) NextPosition = Select(NextPosition, rows);
    }

    /// <summary>Frees the buffers.</summary>
    public void Dispose()
    {
        foreach (var (keys, values) in layers)
        {
            keys.Dispose();
            values.Dispose();
        }
        layers.Clear();
        KeyBias?.Dispose();
        NextPosition?.Dispose();
        (KeyBias, NextPosition, Length) = (null, null, 0);
    }

    /// <summary>Throws where <paramref name="count"/> more tokens do not fit.</summary>
    internal void Reserve(long count)
    {
        if (Length + count > capacity)
            throw new ModelException($"The key-value cache holds {Length} of at most {capacity} tokens; {count} more do not fit. Create it with a larger capacity.");
    }

    /// <summary>Writes a layer's new keys and values [B,Hkv,T,d] and returns all of them [B,Hkv,Length+T,d] (views).</summary>
    internal (Tensor Keys, Tensor Values) Append(int layer, Tensor keys, Tensor values)
    {
        if (layer == layers.Count)
        {
            long[] shape = [keys.shape[0], keys.shape[1], capacity, keys.shape[3]];
            layers.Add((Buffer(shape), Buffer(shape)));
        }
        var (allKeys, allValues) = layers[layer];
        if (allKeys.shape[0] != keys.shape[0])
            throw new ModelException($"The key-value cache holds {allKeys.shape[0]} rows; the ids have {keys.shape[0]}.");
        var count = keys.shape[2];
        return (Write(allKeys, keys), Write(allValues, values));

        Tensor Buffer(long[] shape) => empty(shape, keys.dtype, keys.device).DetachFromDisposeScope();

        Tensor Write(Tensor buffer, Tensor fresh)
        {
            buffer.narrow(2, Length, count).copy_(fresh);
            return buffer.narrow(2, 0, Length + count);
        }
    }

    /// <summary>Notes which of the new tokens are padding. <paramref name="real"/> is [B,T] bool.</summary>
    internal void NotePadding(Tensor real, ScalarType dtype)
    {
        var count = real.shape[1];
        if (KeyBias is null)
        {
            var rows = real.shape[0];
            KeyBias = zeros([rows, 1, 1, capacity], dtype, real.device).DetachFromDisposeScope();
            NextPosition = full([rows, 1], (long)Length, ScalarType.Int64, real.device).DetachFromDisposeScope();
        }
        using var padding = real.logical_not().reshape(real.shape[0], 1, 1, count);
        KeyBias.narrow(3, Length, count).masked_fill_(padding, finfo(dtype).min);
    }

    /// <summary>Counts the tokens of a finished forward pass; <paramref name="real"/> null means all were real.</summary>
    internal void Advance(long count, Tensor? real)
    {
        Length += (int)count;
        if (NextPosition is null) return;
        if (real is null) NextPosition.add_(count);
        else NextPosition.add_(real.sum(1, keepdim: true, type: ScalarType.Int64));
    }

    private static Tensor Select(Tensor whole, Tensor rows)
    {
        var kept = whole.index_select(0, rows).DetachFromDisposeScope();
        whole.Dispose();
        return kept;
    }
}
