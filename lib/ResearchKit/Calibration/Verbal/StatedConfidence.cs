namespace ResearchKit.Calibration;

/// <summary>
/// The paper's reading of stated confidences when a model is tested, which forgives what training does not: official code
/// SeanLeng1/Reward-Calibration 25ecc96, parse_eval.py, gather_results.
/// </summary>
public static class StatedConfidence
{
    /// <summary>
    /// Confidences in [0, 1]: up to 10 they count as tenths, above 10 and up to 100 as percent, above 100 as certain; a missing
    /// one gets the commonest stated value, the first of equals, or 5 where none is stated.
    /// </summary>
    /// <param name="stated">What was stated, null where nothing could be read; not negative.</param>
    public static double[] Shares(IReadOnlyList<double?> stated)
    {
        ArgumentNullException.ThrowIfNull(stated);
        for (var i = 0; i < stated.Count; i++)
        {
            if (stated[i] is { } value && !(value >= 0)) throw new ArgumentException(FormattableString.Invariant($"confidence {i} is {value}; a number not below 0, or null, is expected"), nameof(stated));
        }
        var known = stated.OfType<double>().ToArray();
        var commonest = known.Length == 0 ? 5 : known.GroupBy(c => c).MaxBy(group => group.Count())!.Key;
        return [.. stated.Select(c => Share(c ?? commonest))];
    }

    private static double Share(double stated) => stated switch { <= 10 => stated / 10, <= 100 => stated / 100, _ => 1 };
}
