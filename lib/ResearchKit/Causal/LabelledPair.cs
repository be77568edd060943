namespace ResearchKit.Causal;

/// <summary>Where a pair comes from.</summary>
public enum PairKind
{
    /// <summary>A pair of the preference data.</summary>
    Original,

    /// <summary>Causal augmentation: an answer, and what it is with one causal attribute raised; the raised one comes first.</summary>
    Upgrade,

    /// <summary>Causal augmentation: an answer, and what it is with one causal attribute lowered; the answer itself comes first.</summary>
    Degrade,

    /// <summary>Neutral: two answers under a query to which neither is relevant; a tie.</summary>
    IrrelevantQuery,

    /// <summary>Neutral: an answer and its copy with other words or style; a tie.</summary>
    SpuriousChange,

    /// <summary>Neutral: two answers of which one was brought to the causal attributes of the other; a tie.</summary>
    CausallyAligned,

    /// <summary>RRM: an answer to the query comes before an answer to another query.</summary>
    OwnAgainstForeign,

    /// <summary>RRM: two answers to other queries; a tie.</summary>
    ForeignTie,
}

/// <summary>Two answers to a query with a label that may be a tie.</summary>
/// <typeparam name="T">The form of queries and answers: token ids or text.</typeparam>
/// <param name="Query">The query.</param>
/// <param name="First">The better answer, where the pair is ordered.</param>
/// <param name="Second">The other answer.</param>
/// <param name="Label">1 where the first is better, ½ where they are tied.</param>
/// <param name="Kind">Where the pair comes from.</param>
/// <param name="Attribute">The causal attribute that was changed, or null.</param>
public sealed record LabelledPair<T>(T Query, T First, T Second, double Label, PairKind Kind, string? Attribute = null) where T : class
{
    /// <summary>Whether the first answer is better.</summary>
    public bool Ordered => Label != LabelledPair.Tie;
}

/// <summary>Labels of pairs, and the pairs of preference data.</summary>
public static class LabelledPair
{
    /// <summary>The label of a tie.</summary>
    public const double Tie = 0.5;

    /// <summary>An ordered pair of the preference data.</summary>
    public static LabelledPair<T> Preferred<T>(T query, T chosen, T rejected) where T : class => new(query, chosen, rejected, 1, PairKind.Original);
}
