using ResearchKit.Data;
using ResearchKit.Runtime;

namespace ResearchKit.Worlds;

/// <summary>What an editor changes besides the attribute it was asked to change.</summary>
public enum Drift
{
    /// <summary>Nothing: the ideal editor.</summary>
    None,

    /// <summary>Each spurious feature is drawn anew with the drift's probability.</summary>
    Random,

    /// <summary>Each spurious feature moves with the edit with the drift's probability: on, or +3 filler words, when upgrading; off, or −3, when degrading.</summary>
    Correlated,
}

/// <summary>
/// The oracle of <see cref="ConfoundedWorld"/>: it knows the facts and the causal attributes, never the spurious ones, and changes
/// one causal attribute so that the true reward rises or falls; style may drift with it, as a language model embellishes what it
/// improves.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="drift">What changes besides.</param>
/// <param name="probability">With what probability each of the four spurious features drifts.</param>
public sealed class ConfoundedEditor(ConfoundedWorld world, Drift drift = Drift.None, double probability = 0) : ICausalEditor<int[]>
{
    /// <summary>The subject's topic is the query's.</summary>
    public const string Relevance = "relevance";

    /// <summary>The values of the clauses are right.</summary>
    public const string Factuality = "factuality";

    /// <summary>Both requested keys are there.</summary>
    public const string Completeness = "completeness";

    private const int FillerStep = 3;

    /// <inheritdoc/>
    public IReadOnlyList<string> Attributes { get; } = [Relevance, Factuality, Completeness];

    /// <inheritdoc/>
    public double Level(int[] query, int[] answer, string attribute)
    {
        var (asked, read) = (world.Read(query), world.ReadAnswer(answer));
        return attribute switch
        {
            Relevance => read.Topic == asked.Topic ? 1 : 0,
            Factuality => read.Clauses.Average(clause => Right(asked, clause) ? 1.0 : 0.0),
            Completeness => read.Clauses.Count / (double)asked.Keys.Count,
            _ => throw Unknown(attribute),
        };
    }

    /// <inheritdoc/>
    /// <remarks>Off the topic nothing but relevance counts, so nothing else is raised. A clause that is added is a right one.</remarks>
    public int[]? Upgrade(int[] query, int[] answer, string attribute, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var (asked, read) = (world.Read(query), world.ReadAnswer(answer));
        if (attribute == Relevance) return read.Topic == asked.Topic ? null : Finish(read with { Subject = 2 * asked.Topic + rng.Next(2) }, true, rng);
        if (read.Topic != asked.Topic) return null;
        int[] wrong = [.. Enumerable.Range(0, read.Clauses.Count).Where(i => !Right(asked, read.Clauses[i]))];
        int[] missing = [.. asked.Keys.Where(key => read.Clauses.All(clause => clause.Key != key))];
        return attribute switch
        {
            Factuality => wrong.Length == 0 ? null : Finish(With(read, rng.Pick(wrong), key => world.Fact(asked.Topic, key)), true, rng),
            Completeness => missing.Length == 0 ? null : Finish(read with { Clauses = [.. read.Clauses, (missing[0], world.Fact(asked.Topic, missing[0]))] }, true, rng),
            _ => throw Unknown(attribute),
        };
    }

    /// <inheritdoc/>
    /// <remarks>A clause that is taken away is a right one, never the last.</remarks>
    public int[]? Degrade(int[] query, int[] answer, string attribute, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var (asked, read) = (world.Read(query), world.ReadAnswer(answer));
        if (read.Topic != asked.Topic) return null;
        int[] right = [.. Enumerable.Range(0, read.Clauses.Count).Where(i => Right(asked, read.Clauses[i]))];
        return attribute switch
        {
            Relevance => Finish(read with { Subject = 2 * ConfoundedWorld.Other(asked.Topic, ConfoundedWorld.Topics, rng) + rng.Next(2) }, false, rng),
            Factuality => right.Length == 0 ? null : Finish(With(read, rng.Pick(right), key => ConfoundedWorld.Other(world.Fact(asked.Topic, key), ConfoundedWorld.ValueCount, rng)), false, rng),
            Completeness => right.Length == 0 || read.Clauses.Count < 2 ? null : Finish(Without(read, rng.Pick(right)), false, rng),
            _ => throw Unknown(attribute),
        };
    }

    private bool Right(ConfoundedQuery asked, (int Key, int Value) clause) => clause.Value == world.Fact(asked.Topic, clause.Key);

    private static ConfoundedAnswer With(ConfoundedAnswer read, int place, Func<int, int> value) =>
        read with { Clauses = [.. read.Clauses.Select((clause, i) => i == place ? (clause.Key, value(clause.Key)) : clause)] };

    private static ConfoundedAnswer Without(ConfoundedAnswer read, int place) => read with { Clauses = [.. read.Clauses.Where((_, i) => i != place)] };

    private int[] Finish(ConfoundedAnswer edited, bool up, Rng rng) => world.Write(drift switch
    {
        Drift.None => edited,
        Drift.Random => edited with
        {
            Polite = Drifts(rng) ? rng.Chance(0.5) : edited.Polite,
            Bullets = Drifts(rng) ? rng.Chance(0.5) : edited.Bullets,
            Filler = Drifts(rng) ? ConfoundedWorld.Words(rng.Next(ConfoundedWorld.MostFiller + 1), rng) : edited.Filler,
            Confident = Drifts(rng) ? rng.Chance(0.5) : edited.Confident,
        },
        _ => edited with
        {
            Polite = Drifts(rng) ? up : edited.Polite,
            Bullets = Drifts(rng) ? up : edited.Bullets,
            Filler = Drifts(rng) ? Longer(edited.Filler, up, rng) : edited.Filler,
            Confident = Drifts(rng) ? up : edited.Confident,
        },
    });

    private static IReadOnlyList<int> Longer(IReadOnlyList<int> filler, bool up, Rng rng) => up
        ? [.. filler, .. ConfoundedWorld.Words(Math.Min(FillerStep, ConfoundedWorld.MostFiller - filler.Count), rng)]
        : [.. filler.Take(Math.Max(0, filler.Count - FillerStep))];

    private bool Drifts(Rng rng) => rng.Chance(probability);

    private ArgumentException Unknown(string attribute) =>
        new($"'{attribute}' is no causal attribute of this world; they are {string.Join(", ", Attributes)}", nameof(attribute));
}
