using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Long-form question answering whose every clause can be judged: a question asks for three of a topic's five keys, and
/// an answer is sentences of clauses <c>KEY VALUE ,</c> (<c>.</c> ends a sentence). Five topics with five keys have one
/// true value out of five each, drawn anew for each world; on two topics writers know less. Demonstrations hold every
/// kind of error: false values, keys nobody asked for, repetitions, filler, and keys left out.
/// </summary>
public sealed class LongAnswerWorld
{
    /// <summary>Topics, numbered from 0; on the last two writers know less.</summary>
    public const int Topics = 5;

    /// <summary>Keys of each topic.</summary>
    public const int Keys = 5;

    /// <summary>Values that a key can have.</summary>
    public const int Values = 5;

    /// <summary>Keys that a question asks for.</summary>
    public const int Requested = 3;

    /// <summary>The length of a question: begin token, topic, keys, question mark.</summary>
    public const int QuestionLength = Requested + 3;

    /// <summary>The most tokens of an answer, its end token included: six clauses and one token to spare.</summary>
    public const int MaxNewTokens = 20;

    private const int HardTopics = 2, MostClauses = 6, ClausesPerSentence = 2;
    private const double Known = 0.6, KnownOfHard = 0.35, Mentioned = 0.75, Inserted = 0.25;
    private static readonly string[] TopicWords = ["amber", "basil", "cedar", "dune", "ember"];
    private static readonly string[] KeyWords = ["colour", "origin", "price", "season", "size"];
    private static readonly string[] ValueWords = ["one", "two", "three", "four", "five"];
    private static readonly string[] FillerWords = ["well", "indeed", "so", "perhaps"];
    private readonly WordVocabulary vocabulary = WordVocabulary.Of([.. TopicWords, .. KeyWords, .. ValueWords, .. FillerWords, "?", ",", ".", "<sep>"]);
    private readonly int[,] truth = new int[Topics, Keys];
    private readonly int firstTopic, firstKey, firstValue, question, comma, stop, eos, bos;
    private readonly int[] fillers;

    /// <summary>Draws which values are true.</summary>
    /// <param name="rng">The stream of the facts.</param>
    public LongAnswerWorld(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        (firstTopic, firstKey, firstValue) = (vocabulary.Id(TopicWords[0]), vocabulary.Id(KeyWords[0]), vocabulary.Id(ValueWords[0]));
        (question, comma, stop) = (vocabulary.Id("?"), vocabulary.Id(","), vocabulary.Id("."));
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);
        fillers = [.. FillerWords.Select(vocabulary.Id)];
        for (var topic = 0; topic < Topics; topic++)
        {
            for (var key = 0; key < Keys; key++) truth[topic, key] = rng.Next(Values);
        }
    }

    /// <summary>Turns words into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The ids that end an answer.</summary>
    public IReadOnlyList<int> StopTokens => [eos];

    /// <summary>The ids that end a clause: those that end a sentence, and the comma.</summary>
    public IReadOnlyList<int> ClauseEnds => [comma, stop];

    /// <summary>The ids that end a sentence.</summary>
    public IReadOnlyList<int> SentenceEnds => [stop];

    /// <summary>An id that no text holds: for reward models that read it after each segment.</summary>
    public int Separator => vocabulary.Id("<sep>");

    /// <summary>Begin token, a topic, three of its keys in any order, a question mark.</summary>
    public int[] Question(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return [bos, firstTopic + rng.Next(Topics), .. rng.Permutation(Keys).Take(Requested).Select(key => firstKey + key), question];
    }

    /// <summary>The id of a topic's true value.</summary>
    /// <param name="topic">A topic's id, as it stands in a question.</param>
    /// <param name="key">A key's id.</param>
    public int TrueValue(int topic, int key) => firstValue + truth[topic - firstTopic, key - firstKey];

    /// <summary>
    /// What a writer answers, end token included: each requested key with probability 0.75, its value true with
    /// probability 0.6 (0.35 on the last two topics); before each clause, with probability 0.25, filler, a repetition or
    /// a key that was not asked for.
    /// </summary>
    public int[] Demonstration(IReadOnlyList<int> asked, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(rng);
        var topic = asked[1];
        int[] requested = Asked(asked), others = [.. Enumerable.Range(firstKey, Keys).Except(requested)];
        var clauses = new List<int[]>();
        foreach (var key in requested)
        {
            if (rng.Chance(Inserted)) clauses.Add(Extra(topic, others, clauses, rng));
            if (rng.Chance(Mentioned)) clauses.Add([key, Recalled(topic, key, rng)]);
        }
        if (clauses.Count == 0) clauses.Add([requested[0], Recalled(topic, requested[0], rng)]);
        return [.. clauses.Take(MostClauses).SelectMany((clause, i) => clause.Append(EndsSentence(i, clauses.Count) ? stop : comma)), eos];
    }

    /// <summary>Says of each clause and sentence whether it is right; an unfinished last one counts, empty ones do not.</summary>
    /// <param name="asked">The question.</param>
    /// <param name="answer">The answer's tokens.</param>
    public LongAnswerTruth Judge(IReadOnlyList<int> asked, IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(asked);
        ArgumentNullException.ThrowIfNull(answer);
        var requested = Asked(asked);
        var stated = new HashSet<int>();
        var (relevant, factual) = (new List<bool>(), new List<bool>());
        foreach (var sentence in Split(answer, SentenceEnds))
        {
            var (states, allTrue) = (false, true);
            foreach (var clause in Split(sentence, ClauseEnds))
            {
                var states1 = clause is [var key, var value] && IsKey(key) && IsValue(value);
                relevant.Add(states1 && requested.Contains(clause[0]) && stated.Add(clause[0]));
                if (!states1) continue;
                states = true;
                allTrue &= clause[1] == TrueValue(asked[1], clause[0]);
            }
            factual.Add(states && allTrue);
        }
        return new LongAnswerTruth(relevant, factual, stated.Count / (double)Requested);
    }

    private static bool EndsSentence(int clause, int count) => clause % ClausesPerSentence == ClausesPerSentence - 1 || clause == Math.Min(count, MostClauses) - 1;

    private int[] Asked(IReadOnlyList<int> asked)
    {
        if (asked.Count != QuestionLength || asked[^1] != question)
            throw new ArgumentException($"a question has {QuestionLength} tokens and ends with '?'; found '{vocabulary.Decode([.. asked])}'", nameof(asked));
        return [.. asked.Skip(2).Take(Requested)];
    }

    private int Recalled(int topic, int key, Rng rng)
    {
        var right = TrueValue(topic, key);
        if (rng.Chance(topic - firstTopic >= Topics - HardTopics ? KnownOfHard : Known)) return right;
        return firstValue + (right - firstValue + 1 + rng.Next(Values - 1)) % Values;
    }

    private int[] Extra(int topic, int[] others, List<int[]> before, Rng rng)
    {
        var kind = rng.Next(before.Count > 0 ? 3 : 2);
        if (kind == 0) return [rng.Pick(fillers), rng.Pick(fillers)];
        if (kind == 2) return rng.Pick(before);
        var key = rng.Pick(others);
        return [key, Recalled(topic, key, rng)];
    }

    // Pieces without their end tokens; empty ones are left out.
    private IEnumerable<int[]> Split(IReadOnlyList<int> tokens, IReadOnlyList<int> ends)
    {
        var piece = new List<int>();
        foreach (var token in tokens.Where(token => token != eos))
        {
            if (!ends.Contains(token))
            {
                piece.Add(token);
                continue;
            }
            if (piece.Count > 0) yield return [.. piece];
            piece.Clear();
        }
        if (piece.Count > 0) yield return [.. piece];
    }

    private bool IsKey(int id) => id >= firstKey && id < firstKey + Keys;

    private bool IsValue(int id) => id >= firstValue && id < firstValue + Values;
}
