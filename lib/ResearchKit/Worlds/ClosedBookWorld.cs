using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>An answer with the confidence stated beside it.</summary>
/// <param name="Question">0 .. <see cref="ClosedBookWorld.Questions"/> − 1.</param>
/// <param name="Value">The value that is given as the answer.</param>
/// <param name="Confidence">0 to 10, or null where none is stated.</param>
public readonly record struct StatedAnswer(int Question, int Value, int? Confidence);

/// <summary>
/// Closed-book questions whose answers come with a stated confidence: 48 keys, 6 under each of 8 topics, one of 6 values is
/// true. The topic decides how well writers know the answers and how well annotators can check them. A text is
/// <c>topic2 key9 ? value3 conf7 &lt;eos&gt;</c>, with or without the confidence.
/// </summary>
/// <remarks>
/// Writers state a confidence that has nothing to do with being right. Annotators compare what they can check and are swayed
/// by a confident tone (<c>tone</c>), so that a bias towards confidence is in the preferences; nobody here consults the truth
/// but the evaluation.
/// </remarks>
public sealed class ClosedBookWorld
{
    /// <summary>How many topics there are; topic t and t + 1 of an even t are equally hard.</summary>
    public const int Topics = 8;

    /// <summary>How many questions, one for each key; question q belongs to topic q / 6.</summary>
    public const int Questions = Topics * Keys;

    /// <summary>How many values an answer may be.</summary>
    public const int Values = 6;

    /// <summary>The longest text in tokens, end token included.</summary>
    public const int MaxLength = 6;

    private const int Keys = 6;
    private static readonly double[] Known = [0.95, 0.75, 0.45, 0.15];
    private static readonly double[] Checked = [4, 2.5, 1, 0];

    private readonly WordVocabulary vocabulary = WordVocabulary.Of([
        .. Enumerable.Range(1, Topics).Select(t => $"topic{t}"), .. Enumerable.Range(1, Questions).Select(k => $"key{k}"), "?",
        .. Enumerable.Range(1, Values).Select(v => $"value{v}"), .. Enumerable.Range(0, 11).Select(c => $"conf{c}")]);
    private readonly int[] truth = new int[Questions];
    private readonly double[] known = new double[Questions];
    private readonly double tone;
    private readonly int firstTopic, firstKey, mark, firstValue, firstConfidence;

    /// <summary>Draws the true values, and how well each question is known: its topic's .95, .75, .45 or .15, give or take .1, at most .98.</summary>
    /// <param name="rng">The stream of the facts.</param>
    /// <param name="tone">What one point of stated confidence adds to an annotator's log-odds.</param>
    public ClosedBookWorld(Rng rng, double tone = 0.3)
    {
        ArgumentNullException.ThrowIfNull(rng);
        this.tone = tone;
        (firstTopic, firstKey, mark) = (vocabulary.Id("topic1"), vocabulary.Id("key1"), vocabulary.Id("?"));
        (firstValue, firstConfidence) = (vocabulary.Id("value1"), vocabulary.Id("conf0"));
        for (var q = 0; q < Questions; q++)
        {
            truth[q] = rng.Next(Values);
            // Never certain: a pair of two different answers must exist.
            known[q] = Math.Min(0.98, Known[Difficulty(q)] + rng.NextDouble(-0.1, 0.1));
        }
        ValueIds = [.. Enumerable.Range(firstValue, Values)];
        ConfidenceIds = [.. Enumerable.Range(firstConfidence, 11)];
    }

    /// <summary>Turns texts into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The ids of the values, in order.</summary>
    public IReadOnlyList<int> ValueIds { get; }

    /// <summary>The ids of the confidences 0 to 10, in order.</summary>
    public IReadOnlyList<int> ConfidenceIds { get; }

    /// <summary>0 (easy) to 3 (hard).</summary>
    public static int Difficulty(int question) => question / Keys / 2;

    /// <summary>The true value.</summary>
    public int Truth(int question) => truth[question];

    /// <summary>The probability that a writer gives the true value.</summary>
    public double KnownTo(int question) => known[question];

    /// <summary>What annotators make of being right about a question, in log-odds: 4, 2.5, 1 or 0 by difficulty.</summary>
    public static double CheckedWeight(int question) => Checked[Difficulty(question)];

    /// <summary>True where the value is the true one.</summary>
    public bool IsRight(StatedAnswer answer) => answer.Value == truth[answer.Question];

    /// <summary>The question's ids: topic, key, question mark.</summary>
    public int[] Prompt(int question)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(question);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(question, Questions);
        return [firstTopic + question / Keys, firstKey + question, mark];
    }

    /// <summary>The answer's ids: value, confidence where one is stated, end token.</summary>
    public int[] Response(StatedAnswer answer) => answer.Confidence is { } confidence
        ? [firstValue + answer.Value, firstConfidence + confidence, vocabulary.EosId!.Value]
        : [firstValue + answer.Value, vocabulary.EosId!.Value];

    /// <summary>What a text says: the inverse of <see cref="Prompt"/> and <see cref="Response"/>, end token or not.</summary>
    /// <param name="prompt">A question's ids.</param>
    /// <param name="response">A value, and a confidence or none.</param>
    /// <exception cref="ArgumentException">It is no text of this world.</exception>
    public StatedAnswer Read(IReadOnlyList<int> prompt, IReadOnlyList<int> response)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(response);
        var question = prompt.Count == 3 ? prompt[1] - firstKey : -1;
        int[] said = [.. response.TakeWhile(id => id != vocabulary.EosId)];
        var (value, confidence) = (said.Length > 0 ? said[0] - firstValue : -1, said.Length > 1 ? said[1] - firstConfidence : 0);
        if (question is < 0 or >= Questions || !Prompt(question).SequenceEqual(prompt) || said.Length is not (1 or 2) || value is < 0 or >= Values || confidence is < 0 or > 10)
            throw new ArgumentException($"'{vocabulary.Decode([.. prompt, .. response], skipSpecialTokens: false)}' is no answer of this world: topic key ? value, then a confidence or none, is expected", nameof(response));
        return new StatedAnswer(question, value, said.Length == 2 ? confidence : null);
    }

    /// <summary>A writer's answer to a question: right as often as it is known, else a wrong value at random; confidence round N(6, 2), 0 to 10.</summary>
    public StatedAnswer Written(int question, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var value = rng.Chance(known[question]) ? truth[question] : (truth[question] + 1 + rng.Next(Values - 1)) % Values;
        return new StatedAnswer(question, value, (int)Math.Clamp(Math.Round(6 + 2 * rng.NextNormal()), 0, 10));
    }

    /// <summary>
    /// Two writers' answers to one question, never the same text, as an annotator ranked them:
    /// P(A ≻ B) = σ(v (A right − B right) + tone (c_A − c_B)).
    /// </summary>
    /// <param name="rng">The stream of pairs.</param>
    /// <param name="stated">False where neither states a confidence.</param>
    public (StatedAnswer Chosen, StatedAnswer Rejected) Pair(Rng rng, bool stated)
    {
        ArgumentNullException.ThrowIfNull(rng);
        var question = rng.Next(Questions);
        StatedAnswer Draw() => stated ? Written(question, rng) : Written(question, rng) with { Confidence = null };
        StatedAnswer a = Draw(), b;
        do b = Draw(); while (b == a);
        var logOdds = CheckedWeight(question) * ((IsRight(a) ? 1 : 0) - (IsRight(b) ? 1 : 0)) + tone * ((a.Confidence ?? 0) - (b.Confidence ?? 0));
        return rng.Chance(1 / (1 + Math.Exp(-logOdds))) ? (a, b) : (b, a);
    }
}
