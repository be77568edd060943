using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>Which lengths are punished.</summary>
public enum LengthPenaltyMode
{
    /// <summary>Both directions, the generalised form.</summary>
    TwoSided,

    /// <summary>Shorter than the target: against brevity.</summary>
    ShortOnly,

    /// <summary>Longer than the target: against rambling.</summary>
    LongOnly,
}

/// <summary>
/// The group length penalty of HARMO (arXiv 2510.05283; the symbols P_max and τ are the paper's, the formula is a
/// reconstruction): the target is the mean length of the group's correct answers,
/// C = {j : R_j ≥ τ}, L* = mean of L_j over C, R^λ_i = −P_max · min(1, δ_i), δ_i = |L_i − L*| / L*, and 0 where C is empty.
/// </summary>
public static class GroupLengthPenalty
{
    /// <summary>Penalties of G answers to each of P prompts.</summary>
    /// <param name="lengths">L [P,G] in tokens, above 0.</param>
    /// <param name="rewards">The accuracy rewards that say which answers are correct [P,G].</param>
    /// <param name="maximum">P_max, not negative.</param>
    /// <param name="threshold">τ: from where on an answer counts as correct.</param>
    /// <param name="mode">Which direction counts.</param>
    /// <returns>[P,G], between −P_max and 0.</returns>
    public static Tensor Compute(Tensor lengths, Tensor rewards, double maximum, double threshold, LengthPenaltyMode mode = LengthPenaltyMode.TwoSided)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        ArgumentNullException.ThrowIfNull(rewards);
        ArgumentOutOfRangeException.ThrowIfNegative(maximum);
        if (lengths.dim() != 2 || !lengths.shape.SequenceEqual(rewards.shape))
            throw new ArgumentException($"lengths [{string.Join(',', lengths.shape)}], rewards [{string.Join(',', rewards.shape)}]; [P,G] of both is expected", nameof(rewards));
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        var length = lengths.to(ScalarType.Float64);
        if (length.le(0).any().item<bool>()) throw new ArgumentException("a length is 0 or below; an answer has at least its end token", nameof(lengths));
        var correct = rewards.ge(threshold).to(ScalarType.Float64);                              // [P,G]
        var count = correct.sum(1, keepdim: true);                                               // [P,1]
        var target = (correct * length).sum(1, keepdim: true) / count.clamp_min(1);              // L* [P,1]
        var ahead = (length - target) / target.clamp_min(1e-12);
        var delta = mode switch
        {
            LengthPenaltyMode.TwoSided => ahead.abs(),
            LengthPenaltyMode.ShortOnly => (-ahead).clamp_min(0),
            LengthPenaltyMode.LongOnly => ahead.clamp_min(0),
            _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "one of the three modes is expected"),
        };
        return (-maximum * delta.clamp_max(1)).masked_fill(count.eq(0), 0).MoveToOuterDisposeScope();
    }
}
