namespace ResearchKit.Training;

/// <summary>What the learning rate does after the warm-up.</summary>
public enum Decay
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>It falls on a straight line that reaches 0 one step after the last.</summary>
    Linear,

    /// <summary>It falls on half a cosine that reaches 0 one step after the last.</summary>
    Cosine,
}
