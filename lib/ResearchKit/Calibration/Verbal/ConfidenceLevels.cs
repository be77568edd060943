using ResearchKit.Runtime;

namespace ResearchKit.Calibration;

/// <summary>The high and low confidences that the bias probe and PPO-M append: official code SeanLeng1/Reward-Calibration 25ecc96, reward-bench/rewardbench/utils.py.</summary>
public static class ConfidenceLevels
{
    /// <summary>h, uniform on 7 to 10.</summary>
    public static int High(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return 7 + rng.Next(4);
    }

    /// <summary>l, uniform on 0 to 3.</summary>
    public static int Low(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return rng.Next(4);
    }
}
