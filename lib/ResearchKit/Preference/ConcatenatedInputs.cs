using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Chosen and rejected rows in one batch, so that one forward pass serves both. Official code:
/// eric-mitchell/direct-preference-optimization f8b8c0f, trainers.py, concatenated_inputs.
/// </summary>
/// <remarks>Pairs that are still token arrays go through <see cref="Data.PairBatch.Collate"/> instead.</remarks>
public static class ConcatenatedInputs
{
    /// <summary>Right-pads both to the longer width and stacks them: rows 0..B-1 chosen, B..2B-1 rejected.</summary>
    /// <param name="chosen">Ids, labels or a mask of the chosen rows [B,Tc].</param>
    /// <param name="rejected">The same of the rejected rows [B,Tr], same type.</param>
    /// <param name="padValue">What fills the padding: the pad id for ids, 0 for a mask, −100 for labels.</param>
    /// <returns>[2B, max(Tc,Tr)].</returns>
    public static Tensor Stack(Tensor chosen, Tensor rejected, long padValue)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.dim() != 2 || rejected.dim() != 2 || chosen.shape[0] != rejected.shape[0])
        {
            throw new ArgumentException(
                $"expected chosen [B,Tc] and rejected [B,Tr], found [{string.Join(',', chosen.shape)}] and [{string.Join(',', rejected.shape)}]", nameof(rejected));
        }
        using var scope = NewDisposeScope();
        var width = Math.Max(chosen.shape[1], rejected.shape[1]);
        Tensor Widen(Tensor rows) => nn.functional.pad(rows, [0, width - rows.shape[1]], value: padValue);
        return cat([Widen(chosen), Widen(rejected)]).MoveToOuterDisposeScope();
    }
}
