namespace ResearchKit.Evaluation;

/// <summary>How well scores rank preference pairs.</summary>
/// <param name="Accuracy">The share of pairs whose chosen answer scores higher, in [0, 1]; a tie counts one half, since a fresh reward model ties everywhere and knows nothing.</param>
/// <param name="MeanMargin">The mean of chosen minus rejected, in the scores' own unit.</param>
/// <param name="StandardizedMargin">|mean| over the standard deviation of the margins: comparable between scores of different units. NaN for a single pair, or where all margins are equal.</param>
public sealed record PairRanking(double Accuracy, double MeanMargin, double StandardizedMargin)
{
    /// <summary>Ranking of the pairs whose answers score so.</summary>
    /// <param name="chosen">Scores of the chosen answers, one per pair.</param>
    /// <param name="rejected">Scores of the rejected answers, in the same order.</param>
    /// <exception cref="ArgumentException">The counts differ, there is no pair, or a score is NaN.</exception>
    public static PairRanking Of(IReadOnlyList<double> chosen, IReadOnlyList<double> rejected)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (chosen.Count != rejected.Count || chosen.Count == 0)
            throw new ArgumentException($"{chosen.Count} scores of chosen answers against {rejected.Count} of rejected ones; one each per pair is expected, and at least one pair", nameof(rejected));
        double[] margins = [.. chosen.Zip(rejected, (w, l) => w - l)];
        var bad = Array.FindIndex(margins, double.IsNaN);
        if (bad >= 0) throw new ArgumentException(FormattableString.Invariant($"pair {bad} scores {chosen[bad]} and {rejected[bad]}; scores must be numbers that can be ordered"), nameof(chosen));
        var mean = margins.Average();
        var deviation = Math.Sqrt(margins.Sum(m => (m - mean) * (m - mean)) / (margins.Length - 1));
        return new PairRanking(margins.Average(m => m > 0 ? 1 : m == 0 ? 0.5 : 0), mean, deviation > 0 ? Math.Abs(mean) / deviation : double.NaN);
    }
}
