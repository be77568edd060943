using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Answers that are lists of attributes: a topic is asked for, 4 to 13 words and an end token answer. Praise and blame
/// have values ±(0.3 .. 1.2), hedges have none, and the true reward is three times the mean value of the quality words: by
/// construction it knows nothing of length. A workbench for preference losses: <see cref="CleanPairs"/>, and two kinds of
/// pairs that put one property of a loss under stress, <see cref="LengthBiasedPairs"/> and <see cref="MinimalPairs"/>.
/// </summary>
public sealed class AttributeWorld
{
    /// <summary>The longest sequence in tokens: begin token, topic and <see cref="MaxNewTokens"/>.</summary>
    public const int MaxLength = 18;

    /// <summary>The most tokens that a model may answer with, the end token included: two more than the longest document has.</summary>
    public const int MaxNewTokens = MaxLength - 2;

    private const int FewestWords = 4, MostWords = 13;
    private const double Scale = 3, QualityShare = 0.6, TopicalShare = 0.5;
    private readonly WordVocabulary vocabulary = new(AttributeWords.All);
    private readonly double[] values;
    private readonly int bos, eos;
    private readonly int[] topics, praise, blame, quality, hedges;
    private readonly Dictionary<int, int[]> topical = [];

    /// <summary>The world; its words and values are the same for every seed.</summary>
    public AttributeWorld()
    {
        topics = Ids(AttributeWords.Topics);
        praise = Ids(AttributeWords.Praise);
        blame = Ids(AttributeWords.Blame);
        hedges = Ids(AttributeWords.Hedges);
        quality = [.. praise, .. blame];
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);
        values = new double[vocabulary.VocabSize];
        for (var i = 0; i < praise.Length; i++)
        {
            var value = 0.3 + 0.9 * i / (praise.Length - 1);
            values[praise[i]] = value;
            values[blame[i]] = -value;
        }
        // A weak and a strong word of either kind belong to each topic.
        for (var i = 0; i < topics.Length; i++)
        {
            var other = (i + topics.Length / 2) % topics.Length;
            topical[topics[i]] = [praise[i], praise[other], blame[i], blame[other]];
        }
    }

    /// <summary>Turns words into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The ids that end an answer.</summary>
    public IReadOnlyList<int> StopTokens => [eos];

    /// <summary>The value of each id: 0 but for praise and blame.</summary>
    public IReadOnlyList<double> Values => values;

    /// <summary>A prompt: begin token and topic.</summary>
    public int[] Prompt(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return [bos, rng.Pick(topics)];
    }

    /// <summary>A fresh answer to a prompt, its end token included.</summary>
    public int[] Answer(IReadOnlyList<int> prompt, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(rng);
        var own = topical[prompt[^1]];
        var words = new int[FewestWords + rng.Next(MostWords - FewestWords + 1)];
        for (var t = 0; t < words.Length; t++)
        {
            words[t] = !rng.Chance(QualityShare) ? rng.Pick(hedges) : rng.Pick(rng.Chance(TopicalShare) ? own : quality);
        }
        return [.. words, eos];
    }

    /// <summary>The true reward of an answer, −3.6 .. 3.6: three times the mean value of its quality words, 0 where it has none.</summary>
    public double Reward(IEnumerable<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Scale * answer.Select(id => values[id]).Where(value => value != 0).DefaultIfEmpty(0).Average();
    }

    /// <summary>Two fresh answers to one prompt, the one with the higher true reward chosen; pairs closer than the gap are drawn anew.</summary>
    public TokenizedPair CleanPair(Rng rng, double gap = 0.3)
    {
        while (true)
        {
            var prompt = Prompt(rng);
            var (first, second) = (Answer(prompt, rng), Answer(prompt, rng));
            var difference = Reward(first) - Reward(second);
            if (Math.Abs(difference) > gap) return difference > 0 ? new(prompt, first, second) : new(prompt, second, first);
        }
    }

    /// <summary>So many independent <see cref="CleanPair"/>s.</summary>
    public IReadOnlyList<TokenizedPair> CleanPairs(int count, Rng rng) => [.. Enumerable.Range(0, count).Select(_ => CleanPair(rng))];

    /// <summary>
    /// Clean pairs of which one whose chosen answer is not the longer is mostly left out, as human labels favour length: with the
    /// default, about five chosen answers in six are the longer.
    /// </summary>
    /// <param name="count">How many pairs are wanted.</param>
    /// <param name="rng">The randomness.</param>
    /// <param name="dropped">The probability in [0, 1) that a pair against the bias is left out.</param>
    public IReadOnlyList<TokenizedPair> LengthBiasedPairs(int count, Rng rng, double dropped = 0.8)
    {
        ArgumentNullException.ThrowIfNull(rng);
        if (dropped is not (>= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropped), dropped, "a probability in [0, 1) is expected");
        var pairs = new List<TokenizedPair>(count);
        while (pairs.Count < count)
        {
            var pair = CleanPair(rng);
            if (pair.Chosen.Length > pair.Rejected.Length || !rng.Chance(dropped)) pairs.Add(pair);
        }
        return pairs;
    }

    /// <summary>Pairs that differ in one word: the rejected answer is the chosen one with one word of praise turned into one of blame.</summary>
    public IReadOnlyList<TokenizedPair> MinimalPairs(int count, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var pairs = new List<TokenizedPair>(count);
        while (pairs.Count < count)
        {
            var prompt = Prompt(rng);
            var chosen = Answer(prompt, rng);
            int[] places = [.. Enumerable.Range(0, chosen.Length).Where(t => values[chosen[t]] > 0)];
            if (places.Length == 0) continue;
            var rejected = (int[])chosen.Clone();
            rejected[rng.Pick(places)] = rng.Pick(blame);
            pairs.Add(new TokenizedPair(prompt, chosen, rejected));
        }
        return pairs;
    }

    private int[] Ids(IEnumerable<string> words) => [.. words.Select(word => vocabulary.Encode(word)[0])];
}
