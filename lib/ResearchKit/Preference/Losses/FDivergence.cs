using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>The divergences of f-DPO.</summary>
public enum DivergenceKind
{
    /// <summary>KL(π ‖ π_ref): DPO's own.</summary>
    ReverseKl,

    /// <summary>KL(π_ref ‖ π).</summary>
    ForwardKl,

    /// <summary>Jensen-Shannon.</summary>
    JensenShannon,

    /// <summary>The alpha divergence: forward KL at α = 0, reverse KL at α → 1.</summary>
    Alpha,
}

/// <summary>
/// The reward that a policy expresses under an f-divergence (Wang et al. 2023, arXiv 2309.16240): f'(π/π_ref) in place of
/// log π/π_ref, up to a constant that pairs cancel. Official code: alecwangcq/f-divergence-dpo 07d9369, trainers.py, and
/// huggingface/trl f2cd577, trl/trainer/dpo_trainer.py, f_divergence_type.
/// </summary>
public static class FDivergence
{
    /// <summary>f'(e^ρ), ρ the log-ratio, without β and without its constant, except Jensen-Shannon's, which keeps ln 2.</summary>
    /// <param name="logRatio">log π/π_ref of each answer, summed over its tokens [B].</param>
    /// <param name="kind">The divergence.</param>
    /// <param name="alpha">α of the alpha divergence in TRL's convention; the authors' file uses 1 − α. Others ignore it.</param>
    /// <remarks>
    /// Forward KL and alpha exponentiate: the exponent is cut where the element type would overflow (80 in float32, 700 in float64), with
    /// no gradient beyond. TRL cuts alpha alone, at 80; the authors' file cuts nothing.
    /// </remarks>
    public static Tensor Score(Tensor logRatio, DivergenceKind kind, double alpha = 0.5)
    {
        ArgumentNullException.ThrowIfNull(logRatio);
        using var scope = NewDisposeScope();
        var score = kind switch
        {
            DivergenceKind.ReverseKl => logRatio.alias(),
            // f'(u) = 1 − 1/u
            DivergenceKind.ForwardKl => -SafeExponent.Of(-logRatio),
            // f'(u) = log 2u/(1+u)
            DivergenceKind.JensenShannon => Math.Log(2) + nn.functional.logsigmoid(logRatio),
            // f'(u) = (u^(α−1) − 1)/(α−1) → log u
            DivergenceKind.Alpha => Math.Abs(alpha - 1) < 1e-6 ? logRatio.alias() : SafeExponent.Of((alpha - 1) * logRatio) / (alpha - 1),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "expected one of the four divergences"),
        };
        return score.MoveToOuterDisposeScope();
    }
}
