namespace ResearchKit.Calibration;

/// <summary>
/// What a model is told so that it states a confidence. The contents follow SeanLeng1/Reward-Calibration 25ecc96,
/// reward-bench/rewardbench/utils.py and query/query.py; the words are ours. Put it into the system message, or before the
/// question where a chat template has none.
/// </summary>
public static class ConfidencePrompt
{
    /// <summary>For training and for the bias probe: an answer of any form, then the confidence.</summary>
    public const string Open =
        "Give your best response to the question first. Then rate, from 0 to 10, how confident you are that the response is accurate or helpful.\n"
        + "Format:\n<your response>\nConfidence: <a number from 0 to 10>\n\n"
        + "Keep strictly to this format, and write the word 'Confidence:' before the number.";

    /// <summary>For tests: the bare answer, then the confidence.</summary>
    /// <param name="kind">What an answer is, such as "option letter" or "number".</param>
    /// <param name="example">One answer of that kind, such as "(A)".</param>
    public static string Direct(string kind, string example) => Test(
        kind, $"Answer with the {kind} only, without any explanation, then", $"Answer: <the {kind} only, such as {example}>\n", "'Answer:' and 'Confidence:'");

    /// <summary>For tests with a chain of thought: explanation, answer, confidence.</summary>
    /// <param name="kind">What an answer is, such as "option letter" or "number".</param>
    /// <param name="example">One answer of that kind, such as "(A)".</param>
    public static string ChainOfThought(string kind, string example) => Test(
        kind, "Explain your thinking step by step, give your best answer, then",
        $"Explanation: <how you arrived at the answer>\nAnswer: <one {kind}, such as {example}>\n", "'Explanation:', 'Answer:' and 'Confidence:'");

    private static string Test(string kind, string order, string format, string words)
    {
        ArgumentException.ThrowIfNullOrEmpty(kind);
        return $"{order} rate, from 0 to 10, how confident you are that the answer is correct.\n"
            + $"Format:\n{format}Confidence: <a number from 0 to 10>\n\nKeep strictly to this format, and write the words {words}.";
    }
}
