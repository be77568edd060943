using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// Humanline clamping (ContextualAI/HALOs 4831988, train/trainers.py, get_sequence_rewards with humanline): each token's log-ratio is
/// clamped before a loss sums or averages it, so that tokens which a human would reject as improbable teach nothing.
/// </summary>
public static class Humanline
{
    /// <summary>Log-ratios clamped to [low, high], without gradient beyond.</summary>
    /// <param name="perToken">log π/π_ref per token [B,T]; log π for losses without a reference.</param>
    /// <param name="low">log ε_P, −1.5 officially.</param>
    /// <param name="high">log ε_R, 1.5 officially.</param>
    public static Tensor Clamp(Tensor perToken, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(perToken);
        if (!(low < high)) throw new ArgumentOutOfRangeException(nameof(high), high, $"the upper bound must lie above the lower one, {low}");
        return perToken.clamp(low, high);
    }

    /// <summary>Share of tokens strictly inside the bounds among those whose log-ratio is not exactly 0 (HALOs' sign of padding); 0 where there is none.</summary>
    /// <param name="perToken">Log-ratios per token [B,T], 0 on padding.</param>
    /// <param name="low">log ε_P.</param>
    /// <param name="high">log ε_R.</param>
    public static double UnclampedShare(Tensor perToken, double low, double high)
    {
        ArgumentNullException.ThrowIfNull(perToken);
        using var scope = NewDisposeScope();
        var counted = perToken.ne(0);
        var inside = perToken.gt(low).logical_and(perToken.lt(high)).logical_and(counted);
        return (double)inside.sum().item<long>() / Math.Max(1, counted.sum().item<long>());
    }
}
