using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>
/// PPO-C's Δ: an exponential average of the rewards' batch means, moved by each batch before that batch is judged by it.
/// Official code: SeanLeng1/Reward-Calibration 25ecc96, calibrated_experience_maker.py, make_experience.
/// </summary>
/// <remarks>
/// The official Δ starts at the reward model's raw mean although rewards are normalised, an error that decays with
/// (1 − α)ⁿ: start at 0 where rewards are z-scored.
/// </remarks>
public sealed class RewardMovingAverage
{
    private readonly double alpha;

    /// <summary>Starts the average.</summary>
    /// <param name="alpha">α in (0, 1], the weight of the newest batch; the paper takes 0.1.</param>
    /// <param name="initial">Δ₀.</param>
    public RewardMovingAverage(double alpha, double initial = 0)
    {
        if (alpha is not (> 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "a number in (0, 1] is expected");
        if (!double.IsFinite(initial)) throw new ArgumentOutOfRangeException(nameof(initial), initial, "a finite number is expected");
        (this.alpha, Value) = (alpha, initial);
    }

    /// <summary>Δ.</summary>
    public double Value { get; private set; }

    /// <summary>r̂ = clamp(R, −10, 10): an outlier shall not move Δ far.</summary>
    public static Tensor Clamp(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        return rewards.clamp(-10, 10);
    }

    /// <summary>Δ ← α m + (1 − α) Δ.</summary>
    /// <param name="statistic">m: the batch's mean reward (the paper), or its standard deviation (an option of the official code).</param>
    /// <returns>The new Δ.</returns>
    public double Update(double statistic)
    {
        if (!double.IsFinite(statistic)) throw new ArgumentOutOfRangeException(nameof(statistic), statistic, "a finite number is expected: a reward of the batch is not");
        return Value = alpha * statistic + (1 - alpha) * Value;
    }

    /// <summary>The same with the mean of a batch.</summary>
    /// <param name="rewards">r̂ [B], not empty.</param>
    public double Update(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        using var scope = NewDisposeScope();
        return Update(rewards.detach().to_type(ScalarType.Float64).mean().item<double>());
    }
}
