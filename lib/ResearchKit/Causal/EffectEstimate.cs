namespace ResearchKit.Causal;

/// <summary>
/// An average treatment effect as the mean of one contribution per answer, so that its standard error and its bootstrap need the
/// contributions only (<c>Evaluation.Intervals.BootstrapT</c> gives the interval).
/// </summary>
/// <param name="Attribute">The attribute that is switched on.</param>
/// <param name="Estimator">How it was estimated, in words.</param>
/// <param name="Contributions">One number per answer, whose mean is the estimate: a unit's effect, or its influence value.</param>
public sealed record EffectEstimate(string Attribute, string Estimator, IReadOnlyList<double> Contributions)
{
    /// <summary>The estimate, in the scores' own unit.</summary>
    public double Mean => Contributions.Average();

    /// <summary>Its standard error.</summary>
    public double StandardError => Math.Sqrt(Contributions.Sum(c => (c - Mean) * (c - Mean)) / (Contributions.Count - 1.0) / Contributions.Count);
}
