namespace ResearchKit.Figures;

/// <summary>A named sample of numbers, for a histogram.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Values">The values; those that are not finite are counted out and named in the error when none is left.</param>
public sealed record Sample(string Name, double[] Values);

/// <summary>One sample after binning.</summary>
/// <param name="Name">The name in the legend.</param>
/// <param name="Shares">The share of the sample in each bin; they sum to 1.</param>
/// <param name="Count">How many values there were.</param>
public sealed record BinnedSample(string Name, double[] Shares, int Count);
