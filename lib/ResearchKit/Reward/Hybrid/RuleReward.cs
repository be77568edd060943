using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>What a parser found in an answer.</summary>
/// <param name="Found">False where there is no answer to compare.</param>
/// <param name="Value">The answer, where found.</param>
public readonly record struct Parsed<T>(bool Found, T Value);

/// <summary>A rule for verifiable questions: 1 where the parsed answer equals the reference, else 0; confidence 1 where something was parsed, else 0.</summary>
public static class RuleReward
{
    /// <summary>Scores G answers to each of P questions.</summary>
    /// <param name="answers">P groups of G answers.</param>
    /// <param name="references">The right answer to each question [P].</param>
    /// <param name="parse">Finds the answer in a response.</param>
    /// <param name="equivalent">Whether two answers are the same; equality by default.</param>
    public static RewardScore Score<TResponse, TAnswer>(
        IReadOnlyList<IReadOnlyList<TResponse>> answers, IReadOnlyList<TAnswer> references, Func<TResponse, Parsed<TAnswer>> parse,
        Func<TAnswer, TAnswer, bool>? equivalent = null)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(parse);
        equivalent ??= EqualityComparer<TAnswer>.Default.Equals;
        if (answers.Count == 0 || answers.Count != references.Count || answers.Any(group => group.Count != answers[0].Count))
            throw new ArgumentException($"{answers.Count} groups for {references.Count} references; one group per reference is expected, all of one size", nameof(answers));
        var groupSize = answers[0].Count;
        var (value, confidence) = (new double[answers.Count * groupSize], new double[answers.Count * groupSize]);
        for (var p = 0; p < answers.Count; p++)
        {
            for (var g = 0; g < groupSize; g++)
            {
                var parsed = parse(answers[p][g]);
                if (!parsed.Found) continue;
                confidence[p * groupSize + g] = 1;
                if (equivalent(parsed.Value, references[p])) value[p * groupSize + g] = 1;
            }
        }
        return new RewardScore(tensor(value, [answers.Count, groupSize]), tensor(confidence, [answers.Count, groupSize]));
    }
}
