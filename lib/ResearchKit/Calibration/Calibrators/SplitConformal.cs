namespace ResearchKit.Calibration;

/// <summary>
/// Split conformal prediction (Vovk, Gammerman and Shafer 2005; Lei et al. 2018): a threshold on how strange an outcome
/// looks, such that a new outcome is accepted with at least the chosen probability, whatever the model, as long as
/// calibration and new data are exchangeable. It gives sets, not probabilities: where both outcomes are accepted the model
/// does not decide.
/// </summary>
public sealed class SplitConformal
{
    private SplitConformal(double threshold) => Threshold = threshold;

    /// <summary>The largest strangeness that is accepted; infinite where there were too few values for the level.</summary>
    public double Threshold { get; }

    /// <summary>The ⌈(n+1)(1−α)⌉-th smallest of n strangeness values. Coverage is at least 1−α, without ties at most 1−α + 1/(n+1).</summary>
    /// <param name="strangeness">Strangeness of the outcomes that happened on calibration data the model was not fitted to.</param>
    /// <param name="miscoverage">α, between 0 and 1.</param>
    public static SplitConformal Fit(IReadOnlyList<double> strangeness, double miscoverage)
    {
        ArgumentNullException.ThrowIfNull(strangeness);
        if (miscoverage is not (> 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(miscoverage), miscoverage, "a number between 0 and 1 is expected");
        CalibrationChecks.Finite(strangeness, nameof(strangeness));
        var rank = (int)Math.Ceiling((strangeness.Count + 1) * (1 - miscoverage) - 1e-9);
        return new SplitConformal(rank > strangeness.Count ? double.PositiveInfinity : strangeness.Order().ElementAt(rank - 1));
    }

    /// <summary>The same for forecasts of a yes or no: an outcome's strangeness is one less its stated probability.</summary>
    /// <param name="probability">Stated probabilities of yes, each 0 to 1.</param>
    /// <param name="outcomes">What happened, in the same order.</param>
    /// <param name="miscoverage">α, between 0 and 1.</param>
    public static SplitConformal Fit(IReadOnlyList<double> probability, IReadOnlyList<bool> outcomes, double miscoverage)
    {
        CalibrationChecks.Probabilities(probability, outcomes);
        return Fit([.. probability.Zip(outcomes, (p, yes) => yes ? 1 - p : p)], miscoverage);
    }

    /// <summary>True where an outcome of this strangeness is accepted.</summary>
    public bool Accepts(double strangeness) => strangeness <= Threshold;

    /// <summary>Which of the two outcomes are accepted at a stated probability of yes: one, both or none.</summary>
    public (bool Yes, bool No) Set(double probability) => (Accepts(1 - probability), Accepts(probability));
}
