using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Reviews and facts in one language of 122 words. Reviews are those of <see cref="SentimentWorld"/>, with its word ids;
/// facts are sentences <c>Q KEY A VALUE VALUE</c>, 32 keys with a fixed value of two out of 24 words each. What a model
/// remembers can be asked, what it writes can be judged: by its sentiment and by the share of bigrams that the language
/// does not have. The facts are drawn anew for each world; grammar and strengths are always the same.
/// </summary>
public sealed class FactWorld
{
    /// <summary>The longest document in tokens, begin and end tokens included.</summary>
    public const int MaxLength = SentimentWorld.MaxLength;

    /// <summary>The most tokens that a continuation of <see cref="Prompt"/> may have, its end token included.</summary>
    public const int MaxNewTokens = MaxLength - 3;

    /// <summary>How many facts there are; keys are numbered from 0, the commonest first.</summary>
    public const int Facts = 32;

    private const int ValueWords = 24;
    private const double FactShare = 0.3;
    private readonly SentimentWorld reviews = new();
    private readonly WordVocabulary vocabulary;
    private readonly bool[,] legal;
    private readonly double[] keyCumulative = new double[Facts];
    private readonly (int First, int Second)[] values = new (int, int)[Facts];
    private readonly int reviewWords, question, answer, firstKey, firstValue, bos, eos;

    /// <summary>Draws which value belongs to which key.</summary>
    /// <param name="rng">The stream of the facts.</param>
    public FactWorld(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        vocabulary = new WordVocabulary([
            .. SentimentWords.All, "Q", "A",
            .. Enumerable.Range(1, Facts).Select(k => $"key{k}"), .. Enumerable.Range(1, ValueWords).Select(v => $"val{v}")]);
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);
        reviewWords = SentimentWords.All.Count;
        (question, answer) = (vocabulary.Id("Q"), vocabulary.Id("A"));
        (firstKey, firstValue) = (vocabulary.Id("key1"), vocabulary.Id("val1"));
        var total = 0.0;
        for (var k = 0; k < Facts; k++)
        {
            keyCumulative[k] = total += 1 / Math.Sqrt(k + 1);
            values[k] = (firstValue + rng.Next(ValueWords), firstValue + rng.Next(ValueWords));
        }
        legal = Grammar();
    }

    /// <summary>Turns the world's text into ids and back; the first 64 ids are those of <see cref="SentimentWorld"/>.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The ids that end a text.</summary>
    public IReadOnlyList<int> StopTokens => [eos];

    /// <summary>A text of the corpus: a fact with probability 0.3 (keys by rank^-0.5), else a review.</summary>
    public int[] Document(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        if (!rng.Chance(FactShare)) return reviews.Document(rng);
        var drawn = rng.NextDouble() * keyCumulative[^1];
        var key = Array.FindIndex(keyCumulative, sum => drawn < sum);
        return [.. Question(key), .. Answer(key)];
    }

    /// <summary>The opening of a review: begin token, topic, <c>is</c>.</summary>
    public int[] Prompt(Rng rng) => reviews.Document(rng)[..3];

    /// <summary>The corpus's continuation of an opening: the rest of a fresh review, end token included.</summary>
    public int[] Continue(Rng rng) => reviews.Document(rng)[3..];

    /// <summary>Begin token, <c>Q KEY A</c>.</summary>
    /// <param name="key">0 .. <see cref="Facts"/> − 1.</param>
    public int[] Question(int key) => [bos, question, firstKey + key, answer];

    /// <summary>The key's two value words and the end token.</summary>
    public int[] Answer(int key) => [values[key].First, values[key].Second, eos];

    /// <summary>Two value words that are not the key's own, and the end token.</summary>
    public int[] WrongAnswer(int key, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        (int, int) wrong;
        do wrong = (firstValue + rng.Next(ValueWords), firstValue + rng.Next(ValueWords));
        while (wrong == values[key]);
        return [wrong.Item1, wrong.Item2, eos];
    }

    /// <summary>The signed strengths of all adjectives, as <see cref="SentimentWorld.TokenScores"/> adds them; words of facts weigh nothing.</summary>
    public double Sentiment(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return reviews.TokenScores([.. ids.Select(id => id < reviewWords ? id : vocabulary.PadId)]).Sum();
    }

    /// <summary>True where the language can have the second word right after the first.</summary>
    public bool IsLegal(int first, int second) => legal[first, second];

    /// <summary>The share of a continuation's tokens that the language cannot have after the token before them.</summary>
    /// <param name="prompt">At least one token, the begin token first.</param>
    /// <param name="continuation">At least one token.</param>
    public double IllegalShare(IReadOnlyList<int> prompt, IReadOnlyList<int> continuation)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(continuation);
        var wrong = continuation.Where((token, t) => !legal[t == 0 ? prompt[^1] : continuation[t - 1], token]).Count();
        return (double)wrong / continuation.Count;
    }

    /// <summary>How many n-grams reviews can hold after the begin token, end token included: what distinct n-grams are counted against.</summary>
    /// <param name="n">1 or more.</param>
    public double PossibleNgrams(int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        // Paths of n words through the bigram grammar, counted from their last word backwards.
        bool Counts(int id) => id < reviewWords && id != bos && id != vocabulary.PadId;
        var paths = Enumerable.Range(0, reviewWords).Select(id => Counts(id) ? 1.0 : 0).ToArray();
        for (var length = 2; length <= n; length++)
        {
            var shorter = paths;
            paths = [.. Enumerable.Range(0, reviewWords).Select(a => Counts(a) ? Enumerable.Range(0, reviewWords).Where(b => legal[a, b]).Sum(b => shorter[b]) : 0)];
        }
        return paths.Sum();
    }

    private bool[,] Grammar()
    {
        int[] Ids(params IEnumerable<string> words) => [.. words.Select(vocabulary.Id)];
        var table = new bool[vocabulary.VocabSize, vocabulary.VocabSize];
        void Follows(int[] first, params int[][] second)
        {
            foreach (var a in first)
            {
                foreach (var b in second.SelectMany(ids => ids)) table[a, b] = true;
            }
        }
        int[] topics = Ids(SentimentWords.Topics), fillers = Ids(SentimentWords.Fillers), joins = Ids(SentimentWords.Joins);
        int[] adjectives = [.. Ids(SentimentWords.Positive), .. Ids(SentimentWords.Negative), .. Ids(SentimentWords.Neutral)];
        int[] @is = Ids("is"), not = Ids("not"), very = Ids("very");
        int[] keys = [.. Enumerable.Range(firstKey, Facts)], words = [.. Enumerable.Range(firstValue, ValueWords)];
        Follows([bos], topics, [question]);
        Follows(topics, @is);
        Follows(@is, fillers, not, very, adjectives);
        Follows(fillers, not, very, adjectives);
        Follows(not, very, adjectives);
        Follows(very, adjectives);
        Follows(adjectives, joins, [eos]);
        Follows(joins, topics);
        Follows([question], keys);
        Follows(keys, [answer]);
        Follows([answer], words);
        Follows(words, words, [eos]);
        return table;
    }
}
