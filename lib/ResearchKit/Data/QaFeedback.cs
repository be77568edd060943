namespace ResearchKit.Data;

/// <summary>A marked span of an answer.</summary>
/// <param name="Type">The annotators' word: Irrelevant, Redundant, Incoherent, Unverifiable, Wrong-Grounding.</param>
/// <param name="Start">The first character, from 0.</param>
/// <param name="End">The character after the last.</param>
public sealed record ErrorSpan(string Type, int Start, int End);

/// <summary>One question of the QA feedback data: four sampled answers, what is wrong with the first, and which of each two is better.</summary>
/// <param name="Question">The question.</param>
/// <param name="Passages">The texts that the answers should rest on.</param>
/// <param name="Answers">The four sampled answers.</param>
/// <param name="Errors">The spans marked in the first answer.</param>
/// <param name="Missing">The kinds of information that the first answer lacks, once for each piece.</param>
/// <param name="Corrected">The first answer as an annotator corrected it.</param>
/// <param name="Preferences">Of the pairs 1-2, 1-3, 1-4, 2-3, 2-4, 3-4: 1 where the first is better, 2 where the second is, 0 for a tie.</param>
public sealed record QaFeedback(
    string Question, IReadOnlyList<string> Passages, IReadOnlyList<string> Answers, IReadOnlyList<ErrorSpan> Errors,
    IReadOnlyList<string> Missing, string Corrected, IReadOnlyList<int> Preferences);
