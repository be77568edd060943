namespace ResearchKit.Policy;

/// <summary>
/// How KL(π‖π_ref) is estimated from one sampled token, with x = log π − log π_ref (Schulman 2020, "Approximating KL
/// divergence"). All three are 0 where the two agree.
/// </summary>
public enum KlEstimator
{
    /// <summary>x: unbiased, may be negative.</summary>
    K1,

    /// <summary>x²/2: biased, never negative, small variance.</summary>
    K2,

    /// <summary>e^(−x) − 1 + x: unbiased, never negative.</summary>
    K3,
}
