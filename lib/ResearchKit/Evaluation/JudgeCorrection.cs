namespace ResearchKit.Evaluation;

/// <summary>The true rate behind an imperfect judge (Rogan and Gladen 1978), from its sensitivity and specificity on human labels.</summary>
public static class JudgeCorrection
{
    /// <summary>(observed + specificity − 1) / (sensitivity + specificity − 1), cut to [0, 1].</summary>
    /// <param name="observed">The share that the judge called positive (unsafe).</param>
    /// <param name="sensitivity">The share of truly positive answers that the judge calls positive.</param>
    /// <param name="specificity">The share of truly negative answers that the judge calls negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside [0, 1], or the judge is no better than chance.</exception>
    public static double Rate(double observed, double sensitivity, double specificity)
    {
        foreach (var (value, name) in new[] { (observed, nameof(observed)), (sensitivity, nameof(sensitivity)), (specificity, nameof(specificity)) })
        {
            if (value is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "a share in [0, 1] is expected");
        }
        var youden = sensitivity + specificity - 1;
        if (youden <= 0) throw new ArgumentOutOfRangeException(nameof(sensitivity), sensitivity, $"with a specificity of {specificity} the judge is no better than chance: nothing can be recovered");
        return Math.Clamp((observed + specificity - 1) / youden, 0, 1);
    }
}
