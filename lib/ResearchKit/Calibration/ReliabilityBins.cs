namespace ResearchKit.Calibration;

/// <summary>
/// Forecasts sorted into bins by their confidence. Official code whose edges these are: EFS-OpenSource/calibration-framework
/// 2a3db8d (netcal), netcal/metrics/Miscalibration.py, which the paper's ECE calls.
/// </summary>
/// <remarks>
/// Equal-width edges are k · (1/bins) in floating point, so that of ten bins 0.3, 0.6 and 0.7 belong to the lower one: stated
/// confidences of 2 and 3, of 5 and 6, and of 9 and 10 share a bin.
/// </remarks>
public static class ReliabilityBins
{
    /// <summary>Bins of equal width over 0 to 1.</summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public static ReliabilityBin[] EqualWidth(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, int bins = 10)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        CalibrationChecks.Bins(bins);
        var step = 1.0 / bins;
        return Fill(confidence, correct, [.. Enumerable.Range(0, bins).Select(k => k * step), 1]);
    }

    /// <summary>
    /// Bins that hold about as many forecasts each: the edges are the confidences' quantiles (linear interpolation), the
    /// outer ones 0 and 1. Equal confidences stay together, so where many are equal some bins are empty.
    /// </summary>
    /// <param name="confidence">Stated probabilities of being right, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    /// <param name="bins">How many bins, at least 1.</param>
    public static ReliabilityBin[] EqualMass(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, int bins = 10)
    {
        CalibrationChecks.Probabilities(confidence, correct);
        CalibrationChecks.Bins(bins);
        double[] sorted = [.. confidence.Order()];
        return Fill(confidence, correct, [0, .. Enumerable.Range(1, bins - 1).Select(k => Quantile(sorted, (double)k / bins)), 1]);
    }

    private static ReliabilityBin[] Fill(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct, double[] edges)
    {
        var sums = new (int Count, double Confidence, int Right)[edges.Length - 1];
        for (var i = 0; i < confidence.Count; i++)
        {
            ref var sum = ref sums[BinOf(edges, confidence[i])];
            sum = (sum.Count + 1, sum.Confidence + confidence[i], sum.Right + (correct[i] ? 1 : 0));
        }
        return [.. sums.Select((sum, k) => sum.Count == 0
            ? new ReliabilityBin(edges[k], edges[k + 1], 0, (edges[k] + edges[k + 1]) / 2, double.NaN)
            : new ReliabilityBin(edges[k], edges[k + 1], sum.Count, sum.Confidence / sum.Count, (double)sum.Right / sum.Count))];
    }

    // The last bin whose lower edge is not above the value.
    private static int BinOf(double[] edges, double value)
    {
        var bin = edges.Length - 2;
        while (bin > 0 && edges[bin] > value) bin--;
        return bin;
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 < sorted.Length ? sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }
}
