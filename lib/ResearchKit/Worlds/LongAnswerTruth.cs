namespace ResearchKit.Worlds;

/// <summary>What is right and wrong in one long answer, clause by clause and sentence by sentence.</summary>
/// <param name="Relevant">Per clause: it states a value of a requested key, and no earlier clause has.</param>
/// <param name="Factual">Per sentence: it states something, and all values it states are true.</param>
/// <param name="Completeness">Requested keys that the answer states a value of, true or not, over those requested.</param>
public sealed record LongAnswerTruth(IReadOnlyList<bool> Relevant, IReadOnlyList<bool> Factual, double Completeness)
{
    /// <summary>The share of relevant clauses; 0 for an answer without a clause.</summary>
    public double Relevance => Share(Relevant);

    /// <summary>The share of factual sentences; 0 for an answer without a sentence.</summary>
    public double Factuality => Share(Factual);

    /// <summary>The true score: relevance + factuality + completeness, 0 to 3.</summary>
    public double Score => Relevance + Factuality + Completeness;

    private static double Share(IReadOnlyList<bool> segments) => segments.Count == 0 ? 0 : segments.Count(good => good) / (double)segments.Count;
}
