using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Short reviews over 64 words with a token-level truth: <c>TOPIC is [filler] [not] [very] ADJECTIVE</c>, two or three
/// clauses joined by <c>and</c> or <c>but</c>. Every adjective adds its signed strength, flipped by a preceding
/// <c>not</c> and 1.5 times as strong after <c>very</c>; the true reward is the logistic function of the sum and stands
/// for the sentiment classifier of the IMDb experiments. Whether a review is grammatical can be decided exactly.
/// </summary>
public sealed class SentimentWorld : IContinuationTask
{
    /// <summary>The longest review in tokens, begin and end tokens included.</summary>
    public const int MaxLength = 24;

    // The begin token and at most four words.
    private const int LongestPrompt = 5;
    private const double Amplified = 1.5;
    private readonly WordVocabulary vocabulary = new(SentimentWords.All);
    private readonly double[] strength;
    private readonly int bos, eos, @is, not, very;
    private readonly HashSet<int> topics, joins, fillers, adjectives;
    private readonly int[] topicIds, joinIds, fillerIds, positiveIds, negativeIds, neutralIds;

    /// <summary>The world; its words and strengths are the same for every seed.</summary>
    public SentimentWorld()
    {
        topicIds = Ids(SentimentWords.Topics);
        joinIds = Ids(SentimentWords.Joins);
        fillerIds = Ids(SentimentWords.Fillers);
        positiveIds = Ids(SentimentWords.Positive);
        negativeIds = Ids(SentimentWords.Negative);
        neutralIds = Ids(SentimentWords.Neutral);
        (topics, joins, fillers) = ([.. topicIds], [.. joinIds], [.. fillerIds]);
        adjectives = [.. positiveIds, .. negativeIds, .. neutralIds];
        (@is, not, very) = (Id("is"), Id("not"), Id("very"));
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);

        strength = new double[vocabulary.VocabSize];
        for (var i = 0; i < positiveIds.Length; i++)
        {
            // Evenly from 0.4 to 1.3, so that the two sides mirror each other.
            var magnitude = 0.4 + 0.9 * i / (positiveIds.Length - 1);
            strength[positiveIds[i]] = magnitude;
            strength[negativeIds[i]] = -magnitude;
        }
    }

    /// <inheritdoc/>
    public ITokenizer Tokenizer => vocabulary;

    /// <inheritdoc/>
    public IReadOnlyList<int> StopTokens => [eos];

    /// <inheritdoc/>
    public int MaxNewTokens => MaxLength - LongestPrompt;

    /// <summary>A whole review, begin and end tokens included; the writer's leaning is drawn anew for each.</summary>
    public int[] Document(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var leaning = rng.NextDouble(0.15, 0.85);
        var clauses = 2 + rng.Next(2);
        var ids = new List<int> { bos };
        for (var c = 0; c < clauses; c++)
        {
            if (c > 0) ids.Add(rng.Pick(joinIds));
            ids.Add(rng.Pick(topicIds));
            ids.Add(@is);
            if (rng.Chance(0.35)) ids.Add(rng.Pick(fillerIds));
            if (rng.Chance(0.2)) ids.Add(not);
            if (rng.Chance(0.3)) ids.Add(very);
            ids.Add(rng.Pick(rng.Chance(0.2) ? neutralIds : rng.Chance(leaning) ? positiveIds : negativeIds));
        }
        ids.Add(eos);
        return [.. ids];
    }

    /// <summary>The begin token and the first two to four words of a fresh review.</summary>
    public int[] Prompt(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var document = Document(rng);
        return document[..(LongestPrompt - rng.Next(3))];
    }

    /// <summary>What each token adds to the review's sentiment; zero but at adjectives.</summary>
    public double[] TokenScores(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var scores = new double[ids.Count];
        for (var t = 0; t < ids.Count; t++)
        {
            var before = t;
            var score = strength[ids[t]];
            if (before > 0 && ids[before - 1] == very)
            {
                score *= Amplified;
                before--;
            }
            if (before > 0 && ids[before - 1] == not) score = -score;
            scores[t] = score;
        }
        return scores;
    }

    /// <summary>The true reward of the whole review: the logistic function of its token scores' sum.</summary>
    public double Reward(IReadOnlyList<int> prompt, IReadOnlyList<int> continuation) =>
        1 / (1 + Math.Exp(-TokenScores([.. prompt, .. continuation]).Sum()));

    /// <summary>True when the ids, with or without the begin token, are one to three whole clauses and an end token.</summary>
    public bool IsGrammatical(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var t = ids.Count > 0 && ids[0] == bos ? 1 : 0;
        for (var clause = 1; clause <= 3; clause++)
        {
            if (!Take(topics.Contains) || !Take(id => id == @is)) return false;
            _ = Take(fillers.Contains);
            _ = Take(id => id == not);
            _ = Take(id => id == very);
            if (!Take(adjectives.Contains)) return false;
            if (Take(id => id == eos)) return t == ids.Count;
            if (!Take(joins.Contains)) return false;
        }
        return false;

        bool Take(Func<int, bool> wanted)
        {
            if (t >= ids.Count || !wanted(ids[t])) return false;
            t++;
            return true;
        }
    }

    private int Id(string word) => vocabulary.Encode(word)[0];

    private int[] Ids(IEnumerable<string> words) => [.. words.Select(Id)];
}
