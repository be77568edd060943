namespace ResearchKit.Causal;

/// <summary>A reward model as measures see it: one finite score for each answer to its query, in their order, in one call.</summary>
/// <typeparam name="T">The form of queries and answers: token ids or text.</typeparam>
/// <param name="rows">Queries and answers.</param>
public delegate IReadOnlyList<double> AnswerScorer<T>(IReadOnlyList<(T Query, T Answer)> rows) where T : class;

internal static class AnswerScores
{
    // Both answers of every pair in one call: scoring is by far the dearest part of a measure.
    internal static (double[] First, double[] Second) Both<T>(AnswerScorer<T> scorer, IReadOnlyList<(T Query, T First, T Second)> pairs) where T : class
    {
        ArgumentNullException.ThrowIfNull(scorer);
        if (pairs.Count == 0) throw new ArgumentException("there is nothing to measure: no answer was given", nameof(pairs));
        var scores = scorer([.. pairs.Select(p => (p.Query, p.First)), .. pairs.Select(p => (p.Query, p.Second))]);
        if (scores.Count != 2 * pairs.Count) throw new ArgumentException($"the scorer gave {scores.Count} scores for {2 * pairs.Count} answers; one each, in their order, is expected", nameof(scorer));
        if (scores.FirstOrDefault(score => !double.IsFinite(score), 0) is var bad and not 0) throw new ArgumentException(FormattableString.Invariant($"the scorer gave {bad}; finite scores are expected"), nameof(scorer));
        return ([.. scores.Take(pairs.Count)], [.. scores.Skip(pairs.Count)]);
    }
}
