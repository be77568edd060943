using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>
/// Which tokens an answer may have at its first, second, ... place: a format held by construction, as one letter and one
/// number. What is cut off has probability 0, the rest sums to 1; log-probabilities of an answer drawn under a
/// restriction belong under the same one. Immutable, so any number of threads may use it.
/// </summary>
public sealed class TokenRestriction
{
    private readonly int[]?[] allowed;

    /// <summary>Restricts the first places of every answer.</summary>
    /// <param name="allowed">The ids that may stand at each new token's place, from 0; null for all. Later places are free.</param>
    /// <exception cref="GenerationException">A place allows no token, or an id is below 0.</exception>
    public TokenRestriction(params IReadOnlyList<IReadOnlyList<int>?> allowed)
    {
        ArgumentNullException.ThrowIfNull(allowed);
        for (var place = 0; place < allowed.Count; place++)
        {
            if (allowed[place] is not { } ids) continue;
            if (ids.Count == 0) throw new GenerationException($"Place {place} of the answer allows no token; give it at least one id, or null for all.");
            if (ids.Min() < 0) throw new GenerationException($"Place {place} of the answer allows the token id {ids.Min()}; ids are 0 or above.");
        }
        this.allowed = [.. allowed.Select(ids => ids is null ? null : (int[])[.. ids])];
    }

    /// <summary>Logits [B,V] of one place of the answers, what is not allowed there set to the type's lowest number.</summary>
    public Tensor Apply(Tensor logits, int place)
    {
        ArgumentNullException.ThrowIfNull(logits);
        if (place >= allowed.Length || allowed[place] is null) return logits.alias();
        using var scope = NewDisposeScope();
        return Cut(logits, Blocked(place, place + 1, logits)).MoveToOuterDisposeScope();
    }

    /// <summary>The same for logits [B,T,V] of the answers' places 0 .. T-1; differentiable.</summary>
    public Tensor Apply(Tensor logits)
    {
        ArgumentNullException.ThrowIfNull(logits);
        using var scope = NewDisposeScope();
        return Cut(logits, Blocked(0, (int)logits.shape[1], logits)).MoveToOuterDisposeScope();
    }

    // Finite, so that an entropy's 0 · z stays 0.
    private static Tensor Cut(Tensor logits, Tensor blocked) => logits.masked_fill(blocked, finfo(logits.dtype).min);

    private Tensor Blocked(int from, int to, Tensor logits)
    {
        var size = (int)logits.shape[^1];
        var blocked = new bool[(to - from) * size];
        for (var place = from; place < Math.Min(to, allowed.Length); place++)
        {
            if (allowed[place] is not { } ids) continue;
            if (ids.Max() >= size) throw new GenerationException($"Place {place} of the answer allows the token id {ids.Max()}; the model's ids are 0 to {size - 1}.");
            Array.Fill(blocked, true, (place - from) * size, size);
            foreach (var id in ids) blocked[(place - from) * size + id] = false;
        }
        return tensor(blocked, [to - from, size], device: logits.device);
    }
}
