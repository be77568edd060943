namespace ResearchKit.Evaluation;

/// <summary>The ranking of one slice of preference pairs.</summary>
/// <param name="Slice">The slice's name.</param>
/// <param name="Pairs">How many pairs it has.</param>
/// <param name="Ranking">How well the scores rank them.</param>
public sealed record SliceRanking(string Slice, int Pairs, PairRanking Ranking)
{
    /// <summary>The ranking by slice, in the order in which slices first come.</summary>
    /// <param name="slices">Each pair's slice.</param>
    /// <param name="chosen">Scores of the chosen answers.</param>
    /// <param name="rejected">Scores of the rejected answers, in the same order.</param>
    /// <exception cref="ArgumentException">The counts differ, or a score is NaN.</exception>
    public static IReadOnlyList<SliceRanking> Of(IReadOnlyList<string> slices, IReadOnlyList<double> chosen, IReadOnlyList<double> rejected)
    {
        ArgumentNullException.ThrowIfNull(slices);
        ArgumentNullException.ThrowIfNull(chosen);
        ArgumentNullException.ThrowIfNull(rejected);
        if (slices.Count != chosen.Count || slices.Count != rejected.Count)
            throw new ArgumentException($"{slices.Count} slices, {chosen.Count} scores of chosen answers and {rejected.Count} of rejected ones; one each per pair is expected", nameof(slices));
        return [.. Enumerable.Range(0, slices.Count).GroupBy(i => slices[i])
            .Select(group => new SliceRanking(group.Key, group.Count(), PairRanking.Of([.. group.Select(i => chosen[i])], [.. group.Select(i => rejected[i])])))];
    }
}
