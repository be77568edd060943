namespace ResearchKit.Evaluation;

/// <summary>Word-level F1 of an answer against the truth, as SQuAD counts it: words as bags, order left out.</summary>
public static class TokenF1
{
    /// <summary>2PR/(P+R) over shared words; 0 where none is shared, 1 where both are empty.</summary>
    /// <param name="answer">The words of the answer.</param>
    /// <param name="truth">The words of the truth.</param>
    public static double Of<T>(IReadOnlyCollection<T> answer, IReadOnlyCollection<T> truth)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(truth);
        if (answer.Count == 0 && truth.Count == 0) return 1;
        var left = truth.CountBy(word => word).ToDictionary();
        var shared = 0;
        foreach (var word in answer)
        {
            if (left.GetValueOrDefault(word) == 0) continue;
            left[word]--;
            shared++;
        }
        return 2.0 * shared / (answer.Count + truth.Count);
    }
}
