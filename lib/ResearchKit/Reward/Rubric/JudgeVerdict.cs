namespace ResearchKit.Reward;

/// <summary>Which of two answers a judge prefers.</summary>
public enum JudgeVerdict
{
    /// <summary>No preference: a tie, or an output that does not parse.</summary>
    None,

    /// <summary>The first answer.</summary>
    First,

    /// <summary>The second answer.</summary>
    Second,
}
