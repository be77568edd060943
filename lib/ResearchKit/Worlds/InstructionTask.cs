namespace ResearchKit.Worlds;

/// <summary>What a prompt of <see cref="InstructionWorld"/> can ask for in so many words.</summary>
public enum InstructionRule
{
    /// <summary>The answer holds a bullet.</summary>
    Bullets,

    /// <summary>The answer holds no bullet.</summary>
    NoBullets,

    /// <summary>The answer has at most <see cref="InstructionWorld.Short"/> tokens.</summary>
    Short,

    /// <summary>The answer holds the word "safety".</summary>
    Mention,

    /// <summary>The answer does not hold it.</summary>
    NoMention,

    /// <summary>The answer ends with the summary token.</summary>
    EndWithSummary,
}

/// <summary>What an answer can be without being asked; a domain values three of them, which its prompts do not say.</summary>
public enum InstructionQuality
{
    /// <summary>It defines its terms.</summary>
    Defined,

    /// <summary>It cites evidence.</summary>
    Evidence,

    /// <summary>It begins with the answer.</summary>
    AnswerFirst,

    /// <summary>It hedges.</summary>
    Hedged,

    /// <summary>It is polite.</summary>
    Polite,

    /// <summary>It shows a step of work.</summary>
    Step,

    /// <summary>It gives an example.</summary>
    Example,

    /// <summary>It names an objection.</summary>
    Objection,
}

/// <summary>A prompt.</summary>
/// <param name="Domain">0 to <see cref="InstructionWorld.Domains"/> − 1; it decides which qualities count.</param>
/// <param name="Topic">0 to <see cref="InstructionWorld.Topics"/> − 1; answers name it, and nothing depends on it.</param>
/// <param name="Rules">None to two hard rules that do not contradict each other.</param>
public sealed record InstructionTask(int Domain, int Topic, IReadOnlyList<InstructionRule> Rules);

/// <summary>A prompt, two answers, and which of them was preferred.</summary>
/// <param name="Prompt">The prompt.</param>
/// <param name="Better">The preferred answer; by a noisy label not always the better one.</param>
/// <param name="Worse">The other.</param>
public sealed record InstructionPair(InstructionTask Prompt, int[] Better, int[] Worse);
