namespace ResearchKit.Data;

/// <summary>A preference pair as token ids. Answers hold their end token where they have one; nothing is padded.</summary>
/// <param name="Prompt">Tokens of the prompt, shared by both answers.</param>
/// <param name="Chosen">Tokens of the preferred answer.</param>
/// <param name="Rejected">Tokens of the other answer.</param>
public sealed record TokenizedPair(int[] Prompt, int[] Chosen, int[] Rejected);
