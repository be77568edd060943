namespace ResearchKit.Causal;

/// <summary>
/// The causal model of an answer (Crome, 2025, arXiv 2506.16507): the true reward is a function of the query and the causal
/// attributes, R* = f*(Q, C(A)), so that R* is independent of the spurious attributes given both; what goes along with quality does
/// so through an unobserved common cause, the writer. A learned reward may depend on everything.
/// </summary>
public sealed class AnswerModel
{
    /// <summary>The node of the query.</summary>
    public const string Query = "query";

    /// <summary>The node of the unobserved common cause of causal and spurious attributes.</summary>
    public const string Writer = "writer";

    /// <summary>The node of the true reward.</summary>
    public const string TrueReward = "true reward";

    /// <summary>The node of the label that an annotator gives.</summary>
    public const string Preference = "preference";

    /// <summary>The node of a reward model's score.</summary>
    public const string LearnedReward = "learned reward";

    /// <summary>The model of answers with these attributes.</summary>
    /// <exception cref="ArgumentException">There is no causal attribute, or a name comes twice.</exception>
    public AnswerModel(params IReadOnlyList<AnswerFeature> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        if (attributes.All(attribute => attribute.Role != AttributeRole.Causal)) throw new ArgumentException("an answer needs at least one causal attribute: nothing else decides its true reward", nameof(attributes));
        if (attributes.GroupBy(attribute => attribute.Name).FirstOrDefault(group => group.Count() > 1) is { } twice) throw new ArgumentException($"the attribute '{twice.Key}' comes twice", nameof(attributes));
        Attributes = [.. attributes];
        Graph = new CausalGraph([
            .. attributes.SelectMany(attribute => Edges(attribute)),
            (Query, TrueReward), (Query, LearnedReward), (TrueReward, Preference)]);
    }

    /// <summary>The attributes, as given.</summary>
    public IReadOnlyList<AnswerFeature> Attributes { get; }

    /// <summary>Who causes what.</summary>
    public CausalGraph Graph { get; }

    /// <summary>The names of the attributes with a role.</summary>
    public IReadOnlyList<string> Names(AttributeRole role) => [.. Attributes.Where(attribute => attribute.Role == role).Select(attribute => attribute.Name)];

    private static IEnumerable<(string, string)> Edges(AnswerFeature attribute)
    {
        yield return (Writer, attribute.Name);
        yield return (attribute.Name, LearnedReward);
        if (attribute.Role != AttributeRole.Causal) yield break;
        yield return (Query, attribute.Name);
        yield return (attribute.Name, TrueReward);
    }
}
