using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>
/// PPO-C's reward (Leng et al. 2024, arXiv 2410.09724): the reward r̂ of an answer without its confidence statement, with a
/// bonus or malus for the confidence s that was stated. Official code: SeanLeng1/Reward-Calibration 25ecc96,
/// OpenRLHF/openrlhf/trainer/ppo_utils/calibrated_experience_maker.py, make_experience, where r̂ is clamped to ±10 first
/// (<see cref="RewardMovingAverage.Clamp"/>) and Δ is updated before it is used.
/// </summary>
/// <remarks>
/// The bonus is linear in s, so it is no proper scoring rule: its optimum is always 0 or 1, and only the KL penalty and
/// limited training keep confidences in between. s = 0.5 changes nothing.
/// </remarks>
public static class CalibratedReward
{
    /// <summary>r = r̂ + w (r̂ − Δ)(s − 0.5): answers above average earn, those below lose, in proportion to how far they are.</summary>
    /// <param name="reward">r̂ [B].</param>
    /// <param name="confidence">s [B], each 0 to 1.</param>
    /// <param name="average">Δ.</param>
    /// <param name="weight">w; the released scripts take 2.</param>
    public static Tensor Difference(Tensor reward, Tensor confidence, double average, double weight)
    {
        Check(reward, confidence);
        using var scope = NewDisposeScope();
        return (reward + weight * (reward - average) * (confidence - 0.5)).MoveToOuterDisposeScope();
    }

    /// <summary>r = r̂ ± w |r̂| (s − 0.5), + where r̂ ≥ Δ and − where it is below.</summary>
    /// <param name="reward">r̂ [B].</param>
    /// <param name="confidence">s [B], each 0 to 1.</param>
    /// <param name="average">Δ.</param>
    /// <param name="weight">w; the official command line takes 0.5.</param>
    /// <param name="signed">True for r̂ in place of |r̂|, as the official code does where Δ follows the standard deviation.</param>
    public static Tensor Threshold(Tensor reward, Tensor confidence, double average, double weight, bool signed = false)
    {
        Check(reward, confidence);
        using var scope = NewDisposeScope();
        var adjustment = weight * (signed ? reward : reward.abs()) * (confidence - 0.5);
        return where(reward >= average, reward + adjustment, reward - adjustment).MoveToOuterDisposeScope();
    }

    private static void Check(Tensor reward, Tensor confidence)
    {
        ArgumentNullException.ThrowIfNull(reward);
        ArgumentNullException.ThrowIfNull(confidence);
        if (reward.shape.SequenceEqual(confidence.shape)) return;
        throw new ArgumentException($"confidence has shape [{string.Join(',', confidence.shape)}], reward has [{string.Join(',', reward.shape)}]: one of each per answer is expected", nameof(confidence));
    }
}
