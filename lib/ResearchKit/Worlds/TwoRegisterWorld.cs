using ResearchKit.Data;
using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Answers in two registers with a known worth, for asking how a reward generalises. An answer about a topic is a row of
/// words; each word stands for one of 24 concepts, and the true reward is the sum of the concepts' values, whatever word
/// was used. Every concept has two plain and two formal words. What the two registers have in common is told only by the
/// pre-training text: dictionary lines give every word its concept's gloss, and what follows an answer are the glosses of
/// its words.
/// </summary>
public sealed class TwoRegisterWorld
{
    /// <summary>The longest document in tokens, begin and end tokens included.</summary>
    public const int MaxLength = 16;

    /// <summary>The most words of an answer.</summary>
    public const int MostWords = 6;

    private const int SynonymsPerRegister = 2;
    private const int TypicalConcepts = 8;
    private const double TypicalShare = 0.85;
    private const int FewestWords = 3;
    private const double HedgeShare = 0.1, DictionaryShare = 0.25, SummaryShare = 0.4;

    private readonly WordVocabulary vocabulary = new(TwoRegisterWords.All);
    private readonly int bos, eos, dictionary;
    private readonly int[] topicIds, hedgeIds, glossIds;
    private readonly int[,,] wordIds; // [concept, register, synonym]
    private readonly int[] conceptOf, registerOf; // per token; -1 where it is no word
    private readonly double[] values;
    private readonly int[][] typical;

    /// <summary>A world: words and signs are always the same, the strengths and each topic's typical concepts are drawn.</summary>
    /// <param name="rng">Draws the strengths (0.4 to 1.2, evenly spaced, for good and for bad concepts) and four good and four bad concepts per topic.</param>
    public TwoRegisterWorld(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var concepts = TwoRegisterWords.Concepts;
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);
        dictionary = Id(TwoRegisterWords.Dictionary);
        (topicIds, hedgeIds) = ([.. TwoRegisterWords.Topics.Select(Id)], [.. TwoRegisterWords.Hedges.Select(Id)]);
        glossIds = [.. concepts.Select(concept => Id(concept.Gloss))];
        wordIds = new int[concepts.Count, 2, SynonymsPerRegister];
        conceptOf = new int[vocabulary.VocabSize];
        registerOf = new int[vocabulary.VocabSize];
        Array.Fill(conceptOf, -1);
        Array.Fill(registerOf, -1);
        for (var c = 0; c < concepts.Count; c++)
        {
            for (var s = 0; s < SynonymsPerRegister; s++)
            {
                Place(c, Register.Plain, s, Id(concepts[c].Plain[s]));
                Place(c, Register.Formal, s, Id(concepts[c].Formal[s]));
            }
        }

        var half = concepts.Count / 2;
        double[] strengths = [.. Enumerable.Range(0, half).Select(i => 0.4 + 0.8 * i / (half - 1))];
        values = [.. rng.Permutation(half).Select(i => strengths[i]), .. rng.Permutation(half).Select(i => -strengths[i])];
        typical = [.. topicIds.Select(_ => (int[])
            [.. rng.Permutation(half)[..(TypicalConcepts / 2)], .. rng.Permutation(half)[..(TypicalConcepts / 2)].Select(c => half + c)])];
    }

    /// <summary>The vocabulary.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>How many topics there are; prompts are numbered by them.</summary>
    public int Topics => topicIds.Length;

    /// <summary>How many concepts there are: first the good ones, then the bad.</summary>
    public int Concepts => values.Length;

    /// <summary>What one word of the concept adds to the true reward.</summary>
    public double Value(int concept) => values[concept];

    /// <summary>The concept's gloss token.</summary>
    public int Gloss(int concept) => glossIds[concept];

    /// <summary>The words of a concept in a register.</summary>
    public IReadOnlyList<int> Words(int concept, Register register) =>
        [.. Enumerable.Range(0, SynonymsPerRegister).Select(s => wordIds[concept, (int)register, s])];

    /// <summary>A dictionary line up to the gloss: begin token, dictionary token, word.</summary>
    public int[] DictionaryEntry(int word) => [bos, dictionary, word];

    /// <summary>A pre-training document, begin and end tokens included.</summary>
    public int[] Document(Rng rng, Corpus corpus = Corpus.Glossed)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var kind = corpus == Corpus.Glossed ? rng.NextDouble() : 1;
        var register = (Register)rng.Next(2);
        if (kind < DictionaryShare)
        {
            var concept = rng.Next(Concepts);
            return [.. DictionaryEntry(Word(concept, register, rng)), glossIds[concept], eos];
        }
        var topic = rng.Next(Topics);
        var words = FewestWords + rng.Next(MostWords - FewestWords + 1);
        if (kind < DictionaryShare + SummaryShare)
        {
            // In any order, so that the state at the answer's end must hold all of them.
            int[] answer = Answer(topic, register, words, rng), glosses = [.. answer[..^1].Select(word => glossIds[conceptOf[word]])];
            rng.Shuffle<int>(glosses);
            return [.. Prompt(topic), .. answer, .. glosses, eos];
        }
        int[] plain = [.. Prompt(topic), .. Answer(topic, register, words, rng, HedgeShare)];
        return corpus == Corpus.Interchangeable ? Rewrite(plain, 0.5, rng) : plain;
    }

    /// <summary>The begin token and the topic.</summary>
    public int[] Prompt(int topic) => [bos, topicIds[topic]];

    /// <summary>An answer with its end token.</summary>
    /// <param name="topic">The topic, whose typical concepts make up 85 % of the words; the others are any concept's.</param>
    /// <param name="register">The register of all words.</param>
    /// <param name="words">How many words.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <param name="hedging">The chance of a worthless hedge before each word.</param>
    public int[] Answer(int topic, Register register, int words, Rng rng, double hedging = 0)
    {
        ArgumentNullException.ThrowIfNull(rng);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(words, MostWords);
        var ids = new List<int>();
        for (var i = 0; i < words; i++)
        {
            if (hedging > 0 && rng.Chance(hedging)) ids.Add(rng.Pick(hedgeIds));
            var concept = rng.Chance(TypicalShare) ? rng.Pick(typical[topic]) : rng.Next(Concepts);
            ids.Add(Word(concept, register, rng));
        }
        return [.. ids, eos];
    }

    /// <summary>Two plain answers to one topic, the one with the higher true reward chosen: labels are never wrong.</summary>
    /// <param name="topics">The topics to draw from.</param>
    /// <param name="words">Words of each answer.</param>
    /// <param name="rng">The source of randomness.</param>
    /// <param name="minimumGap">Answers whose true rewards differ by no more are drawn again.</param>
    /// <param name="hedging">As in <see cref="Answer"/>.</param>
    public TokenizedPair Pair(IReadOnlyList<int> topics, int words, Rng rng, double minimumGap = 0.4, double hedging = 0)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var topic = rng.Pick(topics);
        while (true)
        {
            int[] first = Answer(topic, Register.Plain, words, rng, hedging), second = Answer(topic, Register.Plain, words, rng, hedging);
            var difference = Reward(first) - Reward(second);
            if (Math.Abs(difference) > minimumGap)
                return difference > 0 ? new TokenizedPair(Prompt(topic), first, second) : new TokenizedPair(Prompt(topic), second, first);
        }
    }

    /// <summary>The same text with a share of its words said in the other register: worth and label stay.</summary>
    /// <param name="ids">Tokens; those that are no words stay.</param>
    /// <param name="share">The chance of each word, 0 to 1.</param>
    /// <param name="rng">Draws which words, and which of the two synonyms.</param>
    public int[] Rewrite(IReadOnlyList<int> ids, double share, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(rng);
        return [.. ids.Select(id => conceptOf[id] >= 0 && rng.Chance(share) ? Word(conceptOf[id], (Register)(1 - registerOf[id]), rng) : id)];
    }

    /// <summary>Both answers of a pair, rewritten.</summary>
    public TokenizedPair Rewrite(TokenizedPair pair, double share, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(pair);
        return pair with { Chosen = Rewrite(pair.Chosen, share, rng), Rejected = Rewrite(pair.Rejected, share, rng) };
    }

    /// <summary>The true reward: the sum of the words' concept values. Prompts, glosses and hedges add nothing.</summary>
    public double Reward(IReadOnlyList<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Sum(id => conceptOf[id] >= 0 ? values[conceptOf[id]] : 0);
    }

    /// <summary>The share of formal ones among the words; NaN where there is none.</summary>
    public double FormalShare(IEnumerable<int> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        int[] words = [.. ids.Where(id => conceptOf[id] >= 0)];
        return words.Length == 0 ? double.NaN : words.Count(id => registerOf[id] == (int)Register.Formal) / (double)words.Length;
    }

    private int Word(int concept, Register register, Rng rng) => wordIds[concept, (int)register, rng.Next(SynonymsPerRegister)];

    private void Place(int concept, Register register, int synonym, int id)
    {
        wordIds[concept, (int)register, synonym] = id;
        (conceptOf[id], registerOf[id]) = (concept, (int)register);
    }

    private int Id(string word) => vocabulary.Encode(word)[0];
}

/// <summary>How the words of <see cref="TwoRegisterWorld"/> are chosen.</summary>
public enum Register
{
    /// <summary>Everyday words: the register of the training pairs.</summary>
    Plain,

    /// <summary>Elevated words.</summary>
    Formal,
}

/// <summary>What a language model reads before it becomes a reward model; what it says about synonyms differs.</summary>
public enum Corpus
{
    /// <summary>25 % dictionary lines, 35 % answers of one register each, 40 % such answers followed by their words' glosses in any order: the registers share no context, but meaning.</summary>
    Glossed,

    /// <summary>Answers of one register each and nothing else: nothing tells what the registers have in common.</summary>
    Unglossed,

    /// <summary>Answers whose words are each of either register: synonyms stand in identical contexts.</summary>
    Interchangeable,
}
