namespace ResearchKit.Worlds;

/// <summary>Rates and strengths of <see cref="DialogueWorld"/>.</summary>
public sealed record DialogueOptions
{
    /// <summary>How often users react to an answer at all, mean over topics.</summary>
    public double ReactionRate { get; init; } = 0.7;

    /// <summary>By how much that rate differs between topics: uniform on ReactionRate ± this.</summary>
    public double Talkativeness { get; init; } = 0.25;

    /// <summary>The mean size of a topic's mood, in log-odds of a pleased reaction.</summary>
    public double Mood { get; init; } = 0.5;

    /// <summary>By how much the log-odds of a pleased reaction rise when the answer is good on the side reacted to.</summary>
    public double Sharpness { get; init; } = 4;

    /// <summary>How often feedback has the wrong sign.</summary>
    public double WrongFeedback { get; init; } = 0.1;
}
