namespace ResearchKit.Calibration;

/// <summary>One bin of a reliability diagram.</summary>
/// <param name="Low">Its lower edge, which belongs to it.</param>
/// <param name="High">Its upper edge, which belongs to the next bin; the last bin holds it too.</param>
/// <param name="Count">How many forecasts fell into it.</param>
/// <param name="Confidence">Their mean confidence; the bin's middle where it is empty.</param>
/// <param name="Accuracy">The share of them that were right; NaN where it is empty.</param>
public readonly record struct ReliabilityBin(double Low, double High, int Count, double Confidence, double Accuracy)
{
    private const double Z = 1.959963984540054; // 97.5 % quantile of the standard normal distribution

    /// <summary>|accuracy − confidence|; 0 where the bin is empty.</summary>
    public double Gap => Count == 0 ? 0 : Math.Abs(Accuracy - Confidence);

    /// <summary>
    /// The 95 % interval of the bin's accuracy for independent answers (Wilson 1927), which keeps inside 0 to 1 and close to
    /// its level for few answers; NaN where the bin is empty.
    /// </summary>
    public (double Low, double High) Interval()
    {
        if (Count == 0) return (double.NaN, double.NaN);
        var weight = Z * Z / Count;
        var middle = (Accuracy + weight / 2) / (1 + weight);
        var half = Z / (1 + weight) * Math.Sqrt(Accuracy * (1 - Accuracy) / Count + weight / (4 * Count));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
