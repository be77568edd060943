using ResearchKit.Runtime;

namespace ResearchKit.Data;

/// <summary>
/// Rewrites an answer so that one causal attribute (a rubric: factuality, relevance) changes and the rest stays: the oracle of
/// causal augmentation. A generated world, a program over real text or a file of a language model's rewrites can be one. It may be
/// imperfect: what else it changes is called its drift.
/// </summary>
/// <typeparam name="T">The form of queries and answers: token ids or text.</typeparam>
public interface ICausalEditor<T> where T : class
{
    /// <summary>The attributes that it can change.</summary>
    IReadOnlyList<string> Attributes { get; }

    /// <summary>How much the answer has of the attribute, 0 (nothing) to 1 (all that the query asks for).</summary>
    double Level(T query, T answer, string attribute);

    /// <summary>The answer one step better in the attribute; null where it cannot be raised.</summary>
    T? Upgrade(T query, T answer, string attribute, Rng rng);

    /// <summary>The answer one step worse in the attribute; null where it cannot be lowered.</summary>
    T? Degrade(T query, T answer, string attribute, Rng rng);
}
