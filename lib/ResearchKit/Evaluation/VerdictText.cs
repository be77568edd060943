namespace ResearchKit.Evaluation;

/// <summary>How a verdict is written in tables and results files.</summary>
public static class VerdictText
{
    private static readonly Dictionary<Verdict, string> Texts = new()
    {
        [Verdict.NotJudged] = "not judged",
        [Verdict.Reproduced] = "reproduced",
        [Verdict.NotReproduced] = "not reproduced",
        [Verdict.Inconclusive] = "inconclusive",
    };

    /// <summary>The verdict in words.</summary>
    public static string Text(this Verdict verdict) => Texts[verdict];

    /// <summary>The verdict that the words stand for.</summary>
    /// <param name="text">What <see cref="Text"/> gave.</param>
    /// <param name="where">What an error names as the place.</param>
    /// <exception cref="RunRecordException">No verdict is written so.</exception>
    public static Verdict Parse(string text, string where)
    {
        foreach (var (verdict, known) in Texts)
        {
            if (known == text) return verdict;
        }
        throw new RunRecordException($"{where}: verdict '{text}' is unknown, expected one of {string.Join(", ", Texts.Values)}");
    }
}
