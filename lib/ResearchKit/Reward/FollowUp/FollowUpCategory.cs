namespace ResearchKit.Reward;

/// <summary>What a user might say next about one side of an answer's helpfulness.</summary>
/// <param name="Name">The sub-category: understanding, engagingness, following instructions ...</param>
/// <param name="Positive">Token ids of follow-ups after a good answer.</param>
/// <param name="Negative">Token ids of follow-ups after a bad answer.</param>
public sealed record FollowUpCategory(string Name, IReadOnlyList<int[]> Positive, IReadOnlyList<int[]> Negative);

/// <summary>Which follow-ups make the reward.</summary>
public enum FollowUpMode
{
    /// <summary>Mean over the positive minus mean over the negative ones: what moves both sides, such as a topic's mood, cancels.</summary>
    Contrast,

    /// <summary>The positive ones alone.</summary>
    Positive,

    /// <summary>The negative ones alone, with a minus sign, so that higher is better.</summary>
    Negative,
}
