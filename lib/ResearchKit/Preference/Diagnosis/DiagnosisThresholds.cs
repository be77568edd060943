namespace ResearchKit.Preference;

/// <summary>The numbers that <see cref="PreferenceDiagnosis"/> compares with. Rewards are β times log-ratios, so at β = 0.1 a reward of 0.1 is a nat.</summary>
public sealed record DiagnosisThresholds
{
    /// <summary>Share of the points that the trailing mean covers, against batch noise; at least one point.</summary>
    public double Window { get; init; } = 0.1;

    /// <summary>How far rewards/chosen may fall below 0 before the chosen answers count as displaced, in reward units.</summary>
    public double ChosenDrop { get; init; } = 0.1;

    /// <summary>The correlation of pair margins with length differences from which the margin counts as grown by length.</summary>
    public double LengthCorrelation { get; init; } = 0.5;

    /// <summary>The correlation from which that is severe.</summary>
    public double SevereLengthCorrelation { get; init; } = 0.8;

    /// <summary>The mean margin, in reward units, from which the sigmoid counts as saturated: at ln 99 the gradient's weight σ(−m) is 1 %.</summary>
    public double SaturatedMargin { get; init; } = Math.Log(99);

    /// <summary>The accuracy that the second half of a run must reach on average not to count as stuck.</summary>
    public double StuckAccuracy { get; init; } = 0.55;

    /// <summary>The accuracy under which it is not stuck at chance but reversed.</summary>
    public double ReversedAccuracy { get; init; } = 0.45;

    /// <summary>The points that a run must have before its accuracy is judged.</summary>
    public int MinimumPoints { get; init; } = 10;

    /// <summary>KL(policy ‖ reference) per sample, in nats, above which the policy counts as run away.</summary>
    public double KlLimit { get; init; } = 20;

    /// <summary>How far the rewards of the first step may be from 0, in reward units: policy and reference are the same model there.</summary>
    public double MismatchTolerance { get; init; } = 1e-3;
}
