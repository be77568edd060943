namespace ResearchKit.Policy;

/// <summary>Sets β, the price of a nat of KL divergence from the reference, over a run.</summary>
public interface IKlController
{
    /// <summary>β now.</summary>
    double Coefficient { get; }

    /// <summary>Takes in what one rollout measured.</summary>
    /// <param name="kl">The mean KL per answer, in nats.</param>
    /// <param name="answers">How many answers it is the mean of.</param>
    void Update(double kl, int answers);
}

/// <summary>β stays as it is.</summary>
/// <param name="coefficient">β, not negative.</param>
public sealed class FixedKlController(double coefficient) : IKlController
{
    /// <inheritdoc/>
    public double Coefficient { get; } = coefficient >= 0 && double.IsFinite(coefficient)
        ? coefficient
        : throw new ArgumentOutOfRangeException(nameof(coefficient), coefficient, "a finite number, not below 0, is expected");

    /// <inheritdoc/>
    public void Update(double kl, int answers) { }
}
