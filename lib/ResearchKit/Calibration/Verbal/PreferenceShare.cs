namespace ResearchKit.Calibration;

/// <summary>Which side a reward model prefers.</summary>
/// <param name="First">The share of pairs whose first side has strictly the higher reward.</param>
/// <param name="Second">The same of the second side; what is left of 1 are ties.</param>
public readonly record struct PreferenceShare(double First, double Second)
{
    /// <summary>Counts the pairs.</summary>
    public static PreferenceShare Of(IReadOnlyList<double> first, IReadOnlyList<double> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count == 0 || first.Count != second.Count) throw new ArgumentException($"{first.Count} and {second.Count} rewards; as many of both, at least one, are expected", nameof(second));
        return new PreferenceShare(first.Zip(second, (a, b) => a > b ? 1.0 : 0).Average(), first.Zip(second, (a, b) => b > a ? 1.0 : 0).Average());
    }
}
