namespace ResearchKit.Worlds;

/// <summary>What is asked about a strip of objects.</summary>
public enum StripTask
{
    /// <summary>a + b + c of the three digits: verifiable.</summary>
    Sum,

    /// <summary>a − b + c + 3: verifiable.</summary>
    Mix,

    /// <summary>Name the objects by colour and shape: open-ended, since order and synonyms are free.</summary>
    Describe,
}

/// <summary>One object: a digit, a colour and a shape, each 0 to 3.</summary>
/// <param name="Digit">The digit that stands on it.</param>
/// <param name="Colour">Which colour.</param>
/// <param name="Shape">Which shape.</param>
public readonly record struct StripObject(int Digit, int Colour, int Shape);

/// <summary>A question about an image.</summary>
/// <param name="Task">What is asked.</param>
/// <param name="Objects">The three objects, from left to right: the truth, which noise may hide from the tokens.</param>
/// <param name="Prompt">Image tokens and the question's token, as the policy reads them.</param>
public sealed record StripQuestion(StripTask Task, IReadOnlyList<StripObject> Objects, int[] Prompt)
{
    /// <summary>Whether a rule can decide an answer.</summary>
    public bool Verifiable => Task != StripTask.Describe;

    /// <summary>The number asked for, 0 to 9.</summary>
    /// <exception cref="InvalidOperationException">A description has no number.</exception>
    public int Number => Task switch
    {
        StripTask.Sum => Objects.Sum(o => o.Digit),
        StripTask.Mix => Objects[0].Digit - Objects[1].Digit + Objects[2].Digit + 3,
        _ => throw new InvalidOperationException("a description is asked for; only Sum and Mix have a number"),
    };
}
