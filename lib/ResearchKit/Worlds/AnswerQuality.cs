namespace ResearchKit.Worlds;

/// <summary>What a user asks of <see cref="DialogueWorld"/>.</summary>
/// <param name="Topic">0 .. <see cref="DialogueWorld.Topics"/> − 1.</param>
/// <param name="Request">What about it, 0 .. 3.</param>
/// <param name="Constraint">In which form, 0 .. 4.</param>
/// <param name="Polite">Whether the user says please; polite users are easier to please.</param>
public sealed record UserTurn(int Topic, int Request, int Constraint, bool Polite);

/// <summary>What an answer is, exactly: the causes of its helpfulness.</summary>
/// <param name="Understood">It says the kind of thing that was asked for, and no other.</param>
/// <param name="Correct">It states the right value, and no other.</param>
/// <param name="Follows">It has the form that was asked for.</param>
/// <param name="Engaging">It holds an engaging word.</param>
public sealed record AnswerQuality(bool Understood, bool Correct, bool Follows, bool Engaging)
{
    /// <summary>q = u + c + f + e/2, 0 .. 3.5.</summary>
    public double Helpfulness => (Understood ? 1 : 0) + (Correct ? 1 : 0) + (Follows ? 1 : 0) + (Engaging ? 0.5 : 0);

    /// <summary>The four in the order of <see cref="DialogueWorld.Reactions"/>.</summary>
    public IReadOnlyList<bool> ByCategory => [Understood, Correct, Follows, Engaging];
}

/// <summary>Reactions of a user to one side of an answer, as token ids.</summary>
/// <param name="Name">The category.</param>
/// <param name="Positive">Pleased ones.</param>
/// <param name="Negative">Displeased ones.</param>
public sealed record ReactionSet(string Name, IReadOnlyList<int[]> Positive, IReadOnlyList<int[]> Negative);
