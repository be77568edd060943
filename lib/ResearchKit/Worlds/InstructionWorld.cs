using ResearchKit.Runtime;
using ResearchKit.Text;
using static ResearchKit.Worlds.InstructionWords;

namespace ResearchKit.Worlds;

/// <summary>
/// Prompts with instructions and answers to them, for the study of rubrics: a prompt names a domain, a topic and none to
/// two <see cref="InstructionRule"/>s; a domain values three of eight <see cref="InstructionQuality"/> attributes, which the seed draws and no prompt says.
/// The true score is −5 for each broken rule and +1 for each valued quality that the answer has.
/// </summary>
/// <remarks>
/// Writers have a skill. A better writer breaks fewer rules and has more of what is valued, and, in ordinary pairs, writes
/// longer and richer; <see cref="Trap"/> draws pairs where the longer and richer answer is the one that breaks a rule.
/// </remarks>
public sealed class InstructionWorld
{
    /// <summary>Domains.</summary>
    public const int Domains = 8;

    /// <summary>Topics.</summary>
    public const int Topics = 8;

    /// <summary>Qualities that a domain values.</summary>
    public const int ValuedQualities = 3;

    /// <summary>Criteria: all hard rules, then all qualities.</summary>
    public const int Criteria = 14;

    /// <summary>The most tokens of an answer that counts as short.</summary>
    public const int Short = 8;

    /// <summary>The longest prompt and the longest answer, in tokens.</summary>
    public const int MaxPrompt = 5, MaxAnswer = 16;

    private const double BrokenRule = -5, LabelTemperature = 0.7;
    private static readonly InstructionRule[][] RuleSets = [.. AllRuleSets()];
    private readonly WordVocabulary vocabulary = WordVocabulary.Of(All);
    private readonly bool[,] valued = new bool[Domains, 8];
    private readonly HashSet<(int Domain, int Rules)> heldOut;

    /// <summary>Draws which qualities each domain values, and which combinations of domain and rules training never shows.</summary>
    /// <param name="rng">The stream.</param>
    /// <param name="heldOutShare">The share of the combinations that is held out.</param>
    public InstructionWorld(Rng rng, double heldOutShare = 0.15)
    {
        ArgumentNullException.ThrowIfNull(rng);
        for (var domain = 0; domain < Domains; domain++)
            foreach (var quality in rng.Permutation(8)[..ValuedQualities]) valued[domain, quality] = true;
        var combinations = Enumerable.Range(0, Domains * RuleSets.Length).Where(c => RuleSets[c % RuleSets.Length].Length > 0).ToArray();
        heldOut = [.. rng.Permutation(combinations.Length)[..(int)(heldOutShare * combinations.Length)]
            .Select(i => (combinations[i] / RuleSets.Length, combinations[i] % RuleSets.Length))];
    }

    /// <summary>Turns words into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The token that stands between the parts of a judge's input.</summary>
    public int Separator => vocabulary.Id(InstructionWords.Separator);

    /// <summary>The tokens of a check: met, not met.</summary>
    public (int Met, int Failed) Checks => (vocabulary.Id(Met), vocabulary.Id(Failed));

    /// <summary>The tokens of a verdict: the first answer, the second.</summary>
    public (int First, int Second) Winners => (vocabulary.Id(First), vocabulary.Id(Second));

    /// <summary>The token that names a criterion, hard rules first; a rule's token is the one that prompts ask with.</summary>
    public int CriterionToken(int criterion) => vocabulary.Id(criterion < Rules.Length ? Rules[criterion] : Qualities[criterion - Rules.Length]);

    /// <summary>The criterion that a token names, or −1.</summary>
    public int CriterionOf(int token) => Enumerable.Range(0, Criteria).FirstOrDefault(c => CriterionToken(c) == token, -1);

    /// <summary>Whether a domain values a quality.</summary>
    public bool Values(int domain, InstructionQuality quality) => valued[domain, (int)quality];

    /// <summary>Whether training never shows this prompt's domain with these rules.</summary>
    public bool IsHeldOut(InstructionTask prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return heldOut.Contains((prompt.Domain, Array.FindIndex(RuleSets, set => set.SequenceEqual(prompt.Rules))));
    }

    /// <summary>The criteria that make up the true score of answers to a prompt: its rules and its domain's qualities.</summary>
    public int[] TrueCriteria(InstructionTask prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [.. prompt.Rules.Select(rule => (int)rule),
            .. Enumerable.Range(0, 8).Where(q => valued[prompt.Domain, q]).Select(q => Rules.Length + q)];
    }

    /// <summary>A prompt as tokens: begin, domain, topic, rules.</summary>
    public int[] Tokens(InstructionTask prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [vocabulary.BosId!.Value, vocabulary.Id(InstructionWords.Domains[prompt.Domain]), vocabulary.Id(InstructionWords.Topics[prompt.Topic]),
            .. prompt.Rules.Select(rule => vocabulary.Id(Rules[(int)rule]))];
    }

    /// <summary>Whether an answer meets a criterion, whether or not a prompt asks for it or its domain values it.</summary>
    /// <param name="answer">The answer's tokens, without an end token.</param>
    /// <param name="criterion">A hard rule, 0 to 5, or a quality, 6 to 13.</param>
    public bool Meets(IReadOnlyList<int> answer, int criterion)
    {
        ArgumentNullException.ThrowIfNull(answer);
        bool Holds(string word) => answer.Contains(vocabulary.Id(word));
        if (criterion < Rules.Length)
        {
            return (InstructionRule)criterion switch
            {
                InstructionRule.Bullets => Holds(Bullet),
                InstructionRule.NoBullets => !Holds(Bullet),
                InstructionRule.Short => answer.Count <= Short,
                InstructionRule.Mention => Holds(Safety),
                InstructionRule.NoMention => !Holds(Safety),
                _ => answer[^1] == vocabulary.Id(Summary),
            };
        }
        return (InstructionQuality)(criterion - Rules.Length) switch
        {
            InstructionQuality.Defined => Holds(Definition),
            InstructionQuality.Evidence => Holds(Evidence),
            InstructionQuality.AnswerFirst => answer[0] == vocabulary.Id(Opening),
            InstructionQuality.Hedged => Holds(Hedge),
            InstructionQuality.Polite => Holds(Please),
            InstructionQuality.Step => Holds(Step),
            InstructionQuality.Example => Holds(Example),
            _ => Holds(InstructionWords.Objection),
        };
    }

    /// <summary>The true score: −5 for each broken rule, +1 for each quality that the domain values and the answer has.</summary>
    public double Score(InstructionTask prompt, IReadOnlyList<int> answer) =>
        TrueCriteria(prompt).Sum(c => Meets(answer, c) ? c < Rules.Length ? 0 : 1 : c < Rules.Length ? BrokenRule : 0);

    /// <summary>Rich words in an answer: style that is worth nothing.</summary>
    public int Richness(IReadOnlyList<int> answer) => Rich.Sum(word => answer.Count(token => token == vocabulary.Id(word)));

    /// <summary>A prompt of training, or one of a held-out combination; none, one and two rules are equally likely, but a prompt without rules is never held out.</summary>
    public InstructionTask Prompt(Rng rng, bool held = false)
    {
        ArgumentNullException.ThrowIfNull(rng);
        while (true)
        {
            var count = rng.Next(3);
            var prompt = new InstructionTask(rng.Next(Domains), rng.Next(Topics), rng.Pick(Array.FindAll(RuleSets, set => set.Length == count)));
            if (IsHeldOut(prompt) == held) return prompt;
        }
    }

    /// <summary>An answer of a writer.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="skill">0 to 1: how likely each rule is kept and each valued quality is there.</param>
    /// <param name="style">0 to 1: how long and rich the writer likes it.</param>
    /// <param name="rng">The stream.</param>
    public int[] Answer(InstructionTask prompt, double skill, double style, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(rng);
        bool Kept(InstructionRule rule, double otherwise, InstructionRule? opposite = null) =>
            prompt.Rules.Contains(rule) ? rng.Chance(0.45 + 0.5 * skill)
            : opposite is { } other && prompt.Rules.Contains(other) ? !rng.Chance(0.45 + 0.5 * skill) : rng.Chance(otherwise);
        bool Has(InstructionQuality quality) => rng.Chance(valued[prompt.Domain, (int)quality] ? 0.2 + 0.6 * skill : 0.45);
        List<string> words = [InstructionWords.Topics[prompt.Topic]];
        void Maybe(bool there, string word) { if (there) words.Add(word); }
        Maybe(Has(InstructionQuality.Defined), Definition);
        Maybe(Has(InstructionQuality.Evidence), Evidence);
        Maybe(Has(InstructionQuality.Hedged), Hedge);
        Maybe(Has(InstructionQuality.Polite), Please);
        Maybe(Has(InstructionQuality.Step), Step);
        Maybe(Has(InstructionQuality.Example), Example);
        Maybe(Has(InstructionQuality.Objection), InstructionWords.Objection);
        Maybe(Kept(InstructionRule.Mention, 0.3, InstructionRule.NoMention), Safety);
        var (first, summed) = (Has(InstructionQuality.AnswerFirst), Kept(InstructionRule.EndWithSummary, 0.3));
        var keptShort = Kept(InstructionRule.Short, 1 - style);
        var bullet = Kept(InstructionRule.Bullets, 0.2 + 0.5 * style, InstructionRule.NoBullets);
        var room = (keptShort ? Short : MaxAnswer) - words.Count - 1 - (bullet ? 1 : 0) - (summed ? 1 : 0);
        foreach (var word in Rich) Maybe(rng.Chance(0.7 * style) && room-- > 0, word);
        for (var more = keptShort ? rng.Next(2) : 1 + (int)Math.Round(7 * style * rng.NextDouble(0.6, 1)); more > 0 && room-- > 0; more--) words.Add(rng.Pick(Filler));
        return Arrange(words, first, bullet, summed, rng);
    }

    /// <summary>Two answers to a prompt of which one is truly better; writers' style goes with their skill.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="rng">The stream.</param>
    /// <param name="noisy">True draws the label from σ(Δscore/0.7), as training's annotators do; false labels without error.</param>
    public InstructionPair Pair(InstructionTask prompt, Rng rng, bool noisy)
    {
        ArgumentNullException.ThrowIfNull(rng);
        while (true)
        {
            var (a, b) = (Written(prompt, rng, against: false), Written(prompt, rng, against: false));
            var gap = Score(prompt, a) - Score(prompt, b);
            if (gap == 0) continue;
            var firstIsBetter = noisy ? rng.Chance(1 / (1 + Math.Exp(-gap / LabelTemperature))) : gap > 0;
            return firstIsBetter ? new InstructionPair(prompt, a, b) : new InstructionPair(prompt, b, a);
        }
    }

    /// <summary>A pair whose worse answer breaks a rule that the better one keeps, and is longer and at least as rich; the label is right.</summary>
    public InstructionPair Trap(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        while (true)
        {
            var prompt = Prompt(rng);
            if (prompt.Rules.Count == 0) continue;
            for (var attempt = 0; attempt < 20; attempt++)
            {
                var (a, b) = (Written(prompt, rng, against: true), Written(prompt, rng, against: true));
                if (Score(prompt, a) < Score(prompt, b)) (a, b) = (b, a);
                var broken = prompt.Rules.Any(rule => Meets(a, (int)rule) && !Meets(b, (int)rule));
                if (broken && Score(prompt, a) > Score(prompt, b) && b.Length >= a.Length + 3 && Richness(b) >= Richness(a)) return new InstructionPair(prompt, a, b);
            }
        }
    }

    private int[] Written(InstructionTask prompt, Rng rng, bool against)
    {
        var skill = rng.NextDouble();
        return Answer(prompt, skill, 0.75 * (against ? 1 - skill : skill) + 0.25 * rng.NextDouble(), rng);
    }

    private int[] Arrange(List<string> words, bool first, bool bullet, bool summed, Rng rng)
    {
        var order = rng.Permutation(words.Count).Select(i => words[i]).ToList();
        order.Insert(first ? 0 : 1 + rng.Next(order.Count), Opening);
        if (bullet) order.Insert(1 + rng.Next(order.Count), Bullet);
        if (summed) order.Add(Summary);
        return [.. order.Take(MaxAnswer).Select(vocabulary.Id)];
    }

    private static IEnumerable<InstructionRule[]> AllRuleSets()
    {
        yield return [];
        var rules = Enum.GetValues<InstructionRule>();
        foreach (var a in rules)
        {
            yield return [a];
            foreach (var b in rules.Where(b => b > a && !((a, b) is (InstructionRule.Bullets, InstructionRule.NoBullets) or (InstructionRule.Mention, InstructionRule.NoMention)))) yield return [a, b];
        }
    }
}
