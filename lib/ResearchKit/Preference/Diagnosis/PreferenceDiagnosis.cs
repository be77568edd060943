using ResearchKit.Training;

namespace ResearchKit.Preference;

/// <summary>
/// Reads the curves of a preference run: a reference that is not the policy's start, displaced chosen answers, margins grown by length,
/// a saturated sigmoid, accuracy stuck at chance or reversed, a KL that has run away. The thresholds are explicit
/// (<see cref="DiagnosisThresholds"/>); all but the first rule look at trailing means, so that one noisy batch proves nothing, and at
/// what holds up to the end of the run.
/// </summary>
/// <remarks>The margin rules are made for logistic losses: IPO's margin has a target, and a loss without a reference has no rewards of 0 at the start.</remarks>
public static class PreferenceDiagnosis
{
    /// <summary>What the curves show, the most severe first; empty for a healthy run.</summary>
    /// <param name="steps">The steps of the points, rising.</param>
    /// <param name="series">Series by name (<see cref="DiagnosisSeries"/>), each as long as the steps, NaN where a step reported nothing; others are ignored.</param>
    /// <param name="thresholds">What to compare with; the defaults if null.</param>
    /// <exception cref="ArgumentException">A series is not as long as the steps, or the steps do not rise.</exception>
    public static IReadOnlyList<Finding> Of(
        IReadOnlyList<int> steps, IReadOnlyDictionary<string, IReadOnlyList<double>> series, DiagnosisThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(series);
        for (var i = 1; i < steps.Count; i++)
        {
            if (steps[i] <= steps[i - 1]) throw new ArgumentException($"steps rise; step {steps[i]} follows {steps[i - 1]}", nameof(steps));
        }
        foreach (var (name, values) in series)
        {
            if (values.Count != steps.Count) throw new ArgumentException($"series '{name}' has {values.Count} points, the run has {steps.Count} steps", nameof(series));
        }
        var limits = thresholds ?? new DiagnosisThresholds();
        MetricSeries? Read(string name) => MetricSeries.Read(steps, series, name, limits.Window);
        Finding?[] findings =
        [
            DiagnosisRules.ReferenceMismatch(Read, limits),
            DiagnosisRules.ChosenDisplaced(Read, limits),
            DiagnosisRules.MarginByLength(Read, limits),
            DiagnosisRules.SaturatedSigmoid(Read, limits),
            DiagnosisRules.AccuracyStuck(Read, limits),
            DiagnosisRules.KlRunAway(Read, limits),
        ];
        return [.. findings.OfType<Finding>().OrderByDescending(finding => finding.Severity)];
    }

    /// <summary>The same of a training run's history.</summary>
    /// <param name="history">The run's history; columns named as in <see cref="DiagnosisSeries"/> are read.</param>
    /// <param name="thresholds">What to compare with; the defaults if null.</param>
    public static IReadOnlyList<Finding> Of(History history, DiagnosisThresholds? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        return Of(history.Steps, history.Columns.ToDictionary(name => name, name => history[name]), thresholds);
    }
}
