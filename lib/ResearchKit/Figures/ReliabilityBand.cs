using ResearchKit.Calibration;

namespace ResearchKit.Figures;

/// <summary>A reliability curve from bins, with the 95 % interval of each bin's accuracy.</summary>
public static class ReliabilityBand
{
    /// <summary>The curve for <see cref="Chart.Reliability"/>.</summary>
    /// <param name="name">The name in the legend.</param>
    /// <param name="bins">Bins of <see cref="ReliabilityBins"/>.</param>
    public static ReliabilityCurve Curve(string name, IReadOnlyList<ReliabilityBin> bins)
    {
        ArgumentNullException.ThrowIfNull(bins);
        var intervals = bins.Select(bin => bin.Interval()).ToArray();
        return new ReliabilityCurve(
            name, [.. bins.Select(bin => bin.Confidence)], [.. bins.Select(bin => bin.Accuracy)], [.. bins.Select(bin => bin.Count)],
            [.. intervals.Select(i => i.Low)], [.. intervals.Select(i => i.High)]);
    }
}
