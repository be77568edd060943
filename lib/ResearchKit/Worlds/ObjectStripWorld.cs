using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Images of three objects with questions of two kinds, for the study of hybrid rewards: numbers, which a rule can
/// verify, and descriptions, which it cannot. The truth of both is exact. Nothing differs from seed to seed but what is drawn.
/// </summary>
/// <remarks>
/// An object's patch is a vector of 12 numbers, one-hot digit, colour and shape with normal noise, read through an image
/// tokenizer with a codebook per factor (product quantisation): three tokens a patch, each the nearest code. With noise of
/// deviation 0.2 about two codes in a thousand are wrong. The policy therefore needs no vision part; what it reads of an
/// image is tokens, as with models that tokenize images.
/// </remarks>
public sealed class ObjectStripWorld
{
    /// <summary>Objects in an image.</summary>
    public const int Objects = 3;

    /// <summary>Digits, colours and shapes that an object can have.</summary>
    public const int Kinds = ObjectStripWords.Kinds;

    /// <summary>Tokens of a prompt: begin token, three an object, the question.</summary>
    public const int PromptLength = 3 * Objects + 2;

    /// <summary>The most tokens of an answer, its end token included.</summary>
    public const int MaxNewTokens = 18;

    /// <summary>The deviation of a patch's noise.</summary>
    public const double Noise = 0.2;

    private const double Worked = 0.5, InWords = 0.25, Broken = 0.3, Filled = 0.4, MathsShare = 0.6;
    private const int MostFillers = 3;
    private readonly WordVocabulary vocabulary = WordVocabulary.Of(ObjectStripWords.All);
    private readonly int[] tags, digits, numbers, colours, shapes, tasks, fillers, codes;
    private readonly int bos, eos;

    /// <summary>The world.</summary>
    public ObjectStripWorld()
    {
        int[] Ids(string[] words) => [.. words.Select(vocabulary.Id)];
        tags = Ids(ObjectStripWords.Tags);
        (digits, numbers) = (Ids(ObjectStripWords.Digits), Ids(ObjectStripWords.Numbers));
        (colours, shapes) = (Ids(ObjectStripWords.Colours), Ids(ObjectStripWords.Shapes));
        (tasks, fillers, codes) = (Ids(ObjectStripWords.Tasks), Ids(ObjectStripWords.Fillers), Ids(ObjectStripWords.Codes));
        (bos, eos) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value);
    }

    /// <summary>Turns words into ids and back; image codes are the words [d0] to [s3].</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The ids that end an answer.</summary>
    public IReadOnlyList<int> StopTokens => [eos];

    /// <summary>The ids of &lt;think&gt;, &lt;/think&gt;, &lt;answer&gt;, &lt;/answer&gt;.</summary>
    public IReadOnlyList<int> Tags => tags;

    /// <summary>A question about a fresh image: maths with probability 0.6, as in the demonstrations.</summary>
    public StripQuestion Question(Rng rng) => Question(Draw(rng).Chance(MathsShare), rng);

    /// <summary>A question of one domain about a fresh image.</summary>
    /// <param name="maths">True for a sum or a mix, false for a description.</param>
    /// <param name="rng">The source of randomness.</param>
    public StripQuestion Question(bool maths, Rng rng)
    {
        Draw(rng);
        StripObject[] objects = [.. Enumerable.Range(0, Objects).Select(_ => new StripObject(rng.Next(Kinds), rng.Next(Kinds), rng.Next(Kinds)))];
        var task = !maths ? StripTask.Describe : rng.Chance(0.5) ? StripTask.Sum : StripTask.Mix;
        return new StripQuestion(task, objects, [bos, .. objects.SelectMany(o => Tokenize(Patch(o, rng))), tasks[(int)task]]);
    }

    /// <summary>An object's patch: one-hot digit, colour and shape [12] with normal noise.</summary>
    public static double[] Patch(StripObject seen, Rng rng)
    {
        Draw(rng);
        int[] on = [seen.Digit, Kinds + seen.Colour, 2 * Kinds + seen.Shape];
        return [.. Enumerable.Range(0, 3 * Kinds).Select(i => (on.Contains(i) ? 1 : 0) + Noise * rng.NextNormal())];
    }

    /// <summary>The image tokenizer: the nearest code of each factor's codebook.</summary>
    /// <param name="patch">A patch [12].</param>
    public int[] Tokenize(IReadOnlyList<double> patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        if (patch.Count != 3 * Kinds) throw new ArgumentException($"a patch has {3 * Kinds} numbers, found {patch.Count}", nameof(patch));
        // The codes are unit vectors, so the nearest is the largest coordinate.
        return [.. Enumerable.Range(0, 3).Select(factor => codes[factor * Kinds + Enumerable.Range(0, Kinds).MaxBy(k => patch[factor * Kinds + k])])];
    }

    /// <summary>
    /// A demonstration of mixed quality, end token included. Numbers: half show their steps, a quarter is written as a word.
    /// Descriptions name one, two or three objects (0.2, 0.2, 0.6) in any order with any synonym. Of both, 0.3 break the
    /// answer's tags and 0.4 carry none to three fillers.
    /// </summary>
    public int[] Demonstration(StripQuestion question, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(question);
        Draw(rng);
        var filler = rng.Chance(Filled) ? Enumerable.Range(0, rng.Next(MostFillers + 1)).Select(_ => rng.Pick(fillers)).ToArray() : [];
        List<int> thought = [], said = [];
        if (question.Verifiable)
        {
            thought.AddRange(filler);
            if (rng.Chance(Worked)) thought.AddRange(Steps(question));
            said.Add((rng.Chance(InWords) ? numbers : digits)[question.Number]);
        }
        else
        {
            // Fillers stand before objects, never between a colour and its shape.
            List<int[]> parts = [.. Description(question.Objects, Named(rng), rng).Chunk(2)];
            foreach (var word in filler) parts.Insert(rng.Next(parts.Count), [word]);
            said.AddRange(parts.SelectMany(part => part));
        }
        return [.. Tagged(thought, said, rng.Chance(Broken) ? rng.Next(3) : 3), eos];
    }

    /// <summary>A right and complete description of the objects, any order, any synonym; no tags, no end token.</summary>
    public int[] Description(IReadOnlyList<StripObject> objects, Rng rng) => Description(objects, Objects, rng);

    /// <summary>The last number that an answer states, as digit or word; null where it states none.</summary>
    public int? LastNumber(IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Select(NumberOf).LastOrDefault(number => number is not null);
    }

    /// <summary>The objects that an answer states: each colour word with a shape word right after it, in order; synonyms are one. Digits are 0.</summary>
    public IReadOnlyList<StripObject> StatedObjects(IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var stated = new List<StripObject>();
        for (var i = 0; i + 1 < answer.Count; i++)
        {
            var (colour, shape) = (Array.IndexOf(colours, answer[i]), Array.IndexOf(shapes, answer[i + 1]));
            if (colour >= 0 && shape >= 0) stated.Add(new StripObject(0, colour % Kinds, shape % Kinds));
        }
        return stated;
    }

    /// <summary>
    /// The strict parser of the rule: the digit that stands alone between the first pair of answer tags; null where there
    /// is anything else, a number word too. A number's place is all it looks at: where it speaks, it is right.
    /// </summary>
    public int? Parse(IReadOnlyList<int> answer)
    {
        var inner = AnswerPart(answer);
        return inner is [var only] && Array.IndexOf(digits, only) is var number and >= 0 ? number : null;
    }

    /// <summary>What stands between the first opening answer tag and the first closing one after it; empty where a tag is missing.</summary>
    public int[] AnswerPart(IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        int[] ids = [.. answer];
        var from = Array.IndexOf(ids, tags[2]);
        var to = from < 0 ? -1 : Array.IndexOf(ids, tags[3], from);
        return to < 0 ? [] : ids[(from + 1)..to];
    }

    /// <summary>Whether the answer states its last number as a word.</summary>
    public bool InNumberWords(IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.LastOrDefault(id => NumberOf(id) is not null) is var last && Array.IndexOf(numbers, last) >= 0;
    }

    private static Rng Draw(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return rng;
    }

    private static int Named(Rng rng) => rng.NextDouble() switch { < 0.2 => 1, < 0.4 => 2, _ => 3 };

    // a, b, the number after two of the three digits, c, the result.
    private int[] Steps(StripQuestion question)
    {
        var (a, b, c) = (question.Objects[0].Digit, question.Objects[1].Digit, question.Objects[2].Digit);
        return [digits[a], digits[b], digits[question.Number - c], digits[c], digits[question.Number]];
    }

    private int[] Description(IReadOnlyList<StripObject> objects, int count, Rng rng) =>
        [.. rng.Permutation(objects.Count).Take(count).SelectMany(i => new[] { Synonym(colours, objects[i].Colour, rng), Synonym(shapes, objects[i].Shape, rng) })];

    private static int Synonym(int[] words, int kind, Rng rng) => words[kind + Kinds * rng.Next(2)];

    // Broken: 0 without both answer tags, 1 without the opening one, 2 without the closing one; 3 is whole.
    private IEnumerable<int> Tagged(IReadOnlyList<int> thought, IReadOnlyList<int> said, int form)
    {
        int[] opening = form is 0 or 1 ? [] : [tags[2]], closing = form is 0 or 2 ? [] : [tags[3]];
        return [tags[0], .. thought, tags[1], .. opening, .. said, .. closing];
    }

    private int? NumberOf(int id)
    {
        var digit = Array.IndexOf(digits, id);
        if (digit >= 0) return digit;
        return Array.IndexOf(numbers, id) is var word and >= 0 ? word : null;
    }
}
