namespace ResearchKit.Policy;

/// <summary>
/// β that steers the divergence to a target (Ziegler et al. 2019, arXiv 1909.08593, section 2.2): with the error
/// e = clip(KL/target − 1, ±0.2), β ← β(1 + e·n/horizon) after n answers.
/// </summary>
public sealed class AdaptiveKlController : IKlController
{
    private const double LargestError = 0.2;
    private readonly double target, horizon;

    /// <summary>Starts at a coefficient.</summary>
    /// <param name="initial">β at first, above 0: it is only ever multiplied.</param>
    /// <param name="target">The KL per answer to hold, in nats, above 0.</param>
    /// <param name="horizon">Over how many answers β moves by the factor 1 + e, above 0.</param>
    public AdaptiveKlController(double initial, double target, double horizon)
    {
        foreach (var (value, name) in new[] { (initial, nameof(initial)), (target, nameof(target)), (horizon, nameof(horizon)) })
        {
            if (!(value > 0) || !double.IsFinite(value)) throw new ArgumentOutOfRangeException(name, value, "a finite number above 0 is expected");
        }
        (Coefficient, this.target, this.horizon) = (initial, target, horizon);
    }

    /// <inheritdoc/>
    public double Coefficient { get; private set; }

    /// <inheritdoc/>
    public void Update(double kl, int answers)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(answers);
        if (!double.IsFinite(kl)) throw new ArgumentOutOfRangeException(nameof(kl), kl, "a finite divergence is expected");
        Coefficient *= 1 + Math.Clamp(kl / target - 1, -LargestError, LargestError) * answers / horizon;
    }
}
