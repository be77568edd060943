namespace ResearchKit.Calibration;

/// <summary>What forecasts and outcomes must satisfy; each error names the place, the value and what is expected.</summary>
internal static class CalibrationChecks
{
    internal static void Probabilities(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        Paired(confidence, correct, nameof(confidence));
        for (var i = 0; i < confidence.Count; i++)
        {
            if (confidence[i] is >= 0 and <= 1) continue;
            throw new ArgumentException(FormattableString.Invariant(
                $"confidence {i} is {confidence[i]}; a probability between 0 and 1 is expected (stated 0 to 10: divide by 10)"), nameof(confidence));
        }
    }

    internal static void Scores(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes)
    {
        Paired(scores, outcomes, nameof(scores));
        Finite(scores, nameof(scores));
    }

    internal static void Finite(IReadOnlyList<double> values, string name)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!double.IsFinite(values[i])) throw new ArgumentException(FormattableString.Invariant($"{name}: value {i} is {values[i]}; a finite number is expected"), name);
        }
    }

    internal static void Bins(int bins) => ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);

    private static void Paired(IReadOnlyList<double> values, IReadOnlyList<bool> outcomes, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        ArgumentNullException.ThrowIfNull(outcomes);
        if (values.Count == 0 || values.Count != outcomes.Count)
            throw new ArgumentException($"{values.Count} {name} and {outcomes.Count} outcomes; as many of both, at least one, are expected", name);
    }
}
