using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Questions about facts, answered by writers in whom skill and style go together: a world with a known causal model, for asking what
/// a reward model rewards. A query names a topic and two of four keys; an answer is a subject word and up to two <c>key value</c>
/// clauses, dressed with a polite word, bullets, filler and a word of confidence. The true reward knows relevance (the subject's
/// topic), completeness (the keys) and factuality (the values) only: −3 off the topic, else +1 for each requested key with its right
/// value, −1 for a wrong value, 0 for a missing key. So any two answers are exactly tied under a query about a third topic.
/// </summary>
/// <remarks>
/// The common cause is the writer's skill u ~ U(0, 1): the right subject has probability 0.85 + 0.15 u, each requested key 0.6 + 0.4 u,
/// each value 0.35 + 0.6 u; each marker of style has probability v and filler is about 6 v words, with v = u, drawn apart, or 1 − u.
/// </remarks>
public sealed class ConfoundedWorld
{
    /// <summary>The longest query and answer in tokens.</summary>
    public const int MaxLength = 3 + 1 + 1 + 2 * 3 + MostFiller + 1 + 1;

    /// <summary>The most filler words of an answer.</summary>
    public const int MostFiller = 8;

    /// <summary>The true reward of an answer off the topic, the lowest.</summary>
    public const double OffTopic = -3;

    /// <summary>How many topics there are.</summary>
    public static int Topics => ConfoundedWords.Topics.Length;

    private const double FillerPerLevel = 6, LabelScale = 0.5;
    private readonly WordVocabulary vocabulary = new(ConfoundedWords.All);
    private readonly int topicId, subjectId, keyId, valueId, politeId, bulletId, confidentId, fillerId, eos;
    private readonly int[,] facts = new int[ConfoundedWords.Topics.Length, ConfoundedWords.Keys.Length];

    /// <summary>Draws the right value of every topic and key.</summary>
    /// <param name="rng">The stream of the facts.</param>
    public ConfoundedWorld(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        (topicId, subjectId, keyId, valueId) = (vocabulary.Id(ConfoundedWords.Topics[0]), vocabulary.Id(ConfoundedWords.Subjects[0]), vocabulary.Id(ConfoundedWords.Keys[0]), vocabulary.Id(ConfoundedWords.Values[0]));
        (politeId, bulletId, confidentId, fillerId) = (vocabulary.Id(ConfoundedWords.Polite), vocabulary.Id(ConfoundedWords.Bullet), vocabulary.Id(ConfoundedWords.Confident), vocabulary.Id(ConfoundedWords.Filler[0]));
        eos = vocabulary.EosId!.Value;
        for (var t = 0; t < facts.GetLength(0); t++) for (var k = 0; k < facts.GetLength(1); k++) facts[t, k] = rng.Next(ConfoundedWords.Values.Length);
    }

    /// <summary>Turns words into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The right value of a topic's key.</summary>
    public int Fact(int topic, int key) => facts[topic, key];

    /// <summary>A query: topic and two different keys.</summary>
    public int[] Query(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var keys = rng.Permutation(ConfoundedWords.Keys.Length);
        return [topicId + rng.Next(Topics), keyId + keys[0], keyId + keys[1]];
    }

    /// <summary>An answer to a query, its end token included.</summary>
    /// <param name="query">The query.</param>
    /// <param name="skill">u in [0, 1].</param>
    /// <param name="style">v in [0, 1].</param>
    /// <param name="rng">The source of randomness.</param>
    public int[] Answer(IReadOnlyList<int> query, double skill, double style, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var (topic, keys) = Read(query);
        var about = rng.Chance(0.85 + 0.15 * skill) ? topic : Other(topic, Topics, rng);
        int[] present = [.. keys.Where(_ => rng.Chance(0.6 + 0.4 * skill))];
        if (present.Length == 0) present = [rng.Pick(keys)];
        rng.Shuffle<int>(present);
        int Value(int key) => rng.Chance(0.35 + 0.6 * skill) ? facts[topic, key] : Other(facts[topic, key], ConfoundedWords.Values.Length, rng);
        var filler = Math.Clamp((int)Math.Round(FillerPerLevel * style + rng.NextDouble(-1.5, 1.5)), 0, MostFiller);
        return Write(new ConfoundedAnswer(
            2 * about + rng.Next(2), [.. present.Select(key => (key, Value(key)))],
            rng.Chance(style), rng.Chance(style), Words(filler, rng), rng.Chance(style)));
    }

    /// <summary>
    /// Two answers of independent writers to one query, with different true rewards. In training the label is noisy, the better answer
    /// chosen with probability σ(ΔR*/0.5); in tests it is right.
    /// </summary>
    public TokenizedPair Pair(StyleLaw law, Rng rng, bool noisy = false)
    {
        ArgumentNullException.ThrowIfNull(rng);
        while (true)
        {
            var query = Query(rng);
            int[] first = Written(query, law, rng), second = Written(query, law, rng);
            var gap = Reward(query, first) - Reward(query, second);
            if (gap == 0) continue;
            var firstChosen = noisy ? rng.Chance(1 / (1 + Math.Exp(-gap / LabelScale))) : gap > 0;
            return firstChosen ? new TokenizedPair(query, first, second) : new TokenizedPair(query, second, first);
        }
    }

    /// <summary>An answer of a writer of random skill.</summary>
    public int[] Written(IReadOnlyList<int> query, StyleLaw law, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var skill = rng.NextDouble();
        return Answer(query, skill, law switch { StyleLaw.Confounded => skill, StyleLaw.Independent => rng.NextDouble(), _ => 1 - skill }, rng);
    }

    /// <summary>The true reward of an answer to a query, −3 .. 2.</summary>
    public double Reward(IReadOnlyList<int> query, IReadOnlyList<int> answer)
    {
        var ((topic, keys), read) = (Read(query), ReadAnswer(answer));
        if (read.Topic != topic) return OffTopic;
        return read.Clauses.Where(clause => keys.Contains(clause.Key)).Sum(clause => clause.Value == facts[topic, clause.Key] ? 1 : -1);
    }

    /// <summary>Whether an answer is about another topic than a query.</summary>
    public bool Irrelevant(IReadOnlyList<int> query, IReadOnlyList<int> answer) => ReadAnswer(answer).Topic != Read(query).Topic;

    /// <summary>What a query asks.</summary>
    public ConfoundedQuery Read(IReadOnlyList<int> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return new(query[0] - topicId, [query[1] - keyId, query[2] - keyId]);
    }

    /// <summary>What an answer says.</summary>
    public ConfoundedAnswer ReadAnswer(IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var subject = 0;
        var clauses = new List<(int, int)>();
        var filler = new List<int>();
        for (var i = 0; i < answer.Count; i++)
        {
            var id = answer[i];
            if (id >= subjectId && id < keyId) subject = id - subjectId;
            else if (id >= keyId && id < valueId) clauses.Add((id - keyId, answer[++i] - valueId));
            else if (id >= fillerId) filler.Add(id - fillerId);
        }
        return new ConfoundedAnswer(subject, clauses, answer.Contains(politeId), answer.Contains(bulletId), filler, answer.Contains(confidentId));
    }

    /// <summary>An answer's tokens, its end token included.</summary>
    public int[] Write(ConfoundedAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var ids = new List<int>();
        if (answer.Polite) ids.Add(politeId);
        ids.Add(subjectId + answer.Subject);
        foreach (var (key, value) in answer.Clauses)
        {
            if (answer.Bullets) ids.Add(bulletId);
            ids.AddRange([keyId + key, valueId + value]);
        }
        ids.AddRange(answer.Filler.Select(word => fillerId + word));
        if (answer.Confident) ids.Add(confidentId);
        return [.. ids, eos];
    }

    // So many filler words.
    internal static int[] Words(int count, Rng rng) => [.. Enumerable.Range(0, count).Select(_ => rng.Next(ConfoundedWords.Filler.Length))];

    // One of 0 .. count-1 other than the given one.
    internal static int Other(int value, int count, Rng rng)
    {
        var drawn = rng.Next(count - 1);
        return drawn < value ? drawn : drawn + 1;
    }

    internal static int ValueCount => ConfoundedWords.Values.Length;
}
