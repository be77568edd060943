namespace ResearchKit.Evaluation;

/// <summary>
/// The mean of the middle half (Agarwal et al. 2021, "Deep RL at the edge of the statistical precipice"). Official
/// code: google-research/rliable 3ccd9f4, metrics.py, aggregate_iqm, which is scipy's trim_mean with a quarter cut
/// from each end, the number cut rounded down.
/// </summary>
public static class InterquartileMean
{
    /// <summary>The mean after ⌊n/4⌋ values are dropped from each end.</summary>
    /// <param name="values">At least one value.</param>
    public static double Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) throw new ArgumentException("an interquartile mean needs at least one value", nameof(values));
        var cut = values.Count / 4;
        return values.Order().Skip(cut).Take(values.Count - 2 * cut).Average();
    }
}
