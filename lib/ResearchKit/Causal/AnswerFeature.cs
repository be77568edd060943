namespace ResearchKit.Causal;

/// <summary>What an attribute of an answer has to do with its true reward.</summary>
public enum AttributeRole
{
    /// <summary>It decides the true reward, given the query.</summary>
    Causal,

    /// <summary>It says nothing of the true reward, given the query and the causal attributes; it may go along with them.</summary>
    Spurious,
}

/// <summary>An attribute of an answer.</summary>
/// <param name="Name">Its name, the node's name in <see cref="CausalGraph"/>.</param>
/// <param name="Role">Whether it decides the true reward.</param>
public sealed record AnswerFeature(string Name, AttributeRole Role);
