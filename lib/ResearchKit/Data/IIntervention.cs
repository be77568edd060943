using ResearchKit.Runtime;

namespace ResearchKit.Data;

/// <summary>An attribute of an answer that can be switched on or off: do(attribute = on).</summary>
/// <typeparam name="T">The form of answers: token ids or text.</typeparam>
public interface IIntervention<T> where T : class
{
    /// <summary>The attribute's name.</summary>
    string Name { get; }

    /// <summary>Whether the answer has the attribute as it stands.</summary>
    bool Holds(T answer);

    /// <summary>The answer with the attribute on or off; what it says otherwise stays.</summary>
    T Set(T answer, bool on, Rng rng);
}

/// <summary>A change of an answer that keeps its meaning: its true reward stays, whatever the query.</summary>
/// <typeparam name="T">The form of answers: token ids or text.</typeparam>
/// <param name="Name">What it does, in words.</param>
/// <param name="Apply">The changed answer.</param>
public sealed record Transformation<T>(string Name, Func<T, Rng, T> Apply) where T : class;
