using static TorchSharp.torch;

namespace ResearchKit.Calibration;

/// <summary>Rewards as z-scores of a reward model's own evaluation scores, so that one KL coefficient fits all reward models (OpenRLHF).</summary>
/// <param name="Mean">μ of the scores.</param>
/// <param name="Deviation">σ of the scores, positive.</param>
public sealed record RewardNormalizer(double Mean, double Deviation)
{
    /// <summary>Measures μ and σ (n − 1 degrees of freedom, as torch.std).</summary>
    /// <param name="scores">At least two finite scores that differ.</param>
    public static RewardNormalizer Fit(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        CalibrationChecks.Finite(scores, nameof(scores));
        if (scores.Distinct().Take(2).Count() < 2) throw new ArgumentException($"{scores.Count} scores that do not differ have no scale; at least two different ones are expected", nameof(scores));
        var mean = scores.Average();
        return new RewardNormalizer(mean, Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (scores.Count - 1)));
    }

    /// <summary>(R − μ)/σ of each reward.</summary>
    public Tensor Apply(Tensor rewards)
    {
        ArgumentNullException.ThrowIfNull(rewards);
        using var scope = NewDisposeScope();
        return ((rewards - Mean) / Deviation).MoveToOuterDisposeScope();
    }
}
