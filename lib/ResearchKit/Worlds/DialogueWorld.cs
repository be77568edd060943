using ResearchKit.Runtime;
using ResearchKit.Text;

namespace ResearchKit.Worlds;

/// <summary>
/// Dialogues of one exchange and what the user says next. The next words may be a new question, or a reaction, whose
/// sign depends on one side of the answer, on the topic's mood and on the user's politeness; how often users react
/// depends on the topic. Nothing in a dialogue states the answer's helpfulness; a model can only infer it from what users
/// say. Facts, common errors, moods and talkativeness are drawn anew for each world; answers are good and bad on each
/// side about equally often, so how usual an answer is says little about how good it is.
/// </summary>
public sealed class DialogueWorld
{
    /// <summary>The longest document in tokens.</summary>
    public const int MaxLength = 32;

    /// <summary>The most tokens of an answer, the token that ends its turn included.</summary>
    public const int MaxAnswer = 12;

    /// <summary>How many topics there are; the users of the last four are grumpy.</summary>
    public const int Topics = 12;

    private const int Grumpy = 4, Shortest = 4, ShortLimit = 6, Longest = 9;
    private readonly WordVocabulary vocabulary = new(DialogueWords.All);
    private readonly DialogueOptions options;
    private readonly int bos, eos, user, bot, vague, unsure, filler;
    private readonly int[] topics, requests, kinds, values, constraints, markers, engaging;
    private readonly int[,] facts, errors;
    private readonly double[] moods = new double[Topics], reactionRates = new double[Topics];

    /// <summary>Draws facts, common errors, moods and talkativeness.</summary>
    /// <param name="rng">Their stream.</param>
    /// <param name="options">Rates and strengths.</param>
    public DialogueWorld(Rng rng, DialogueOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(rng);
        this.options = options ?? new DialogueOptions();
        (bos, eos, user, bot) = (vocabulary.BosId!.Value, vocabulary.EosId!.Value, vocabulary.Id("<user>"), vocabulary.Id("<bot>"));
        (topics, requests, kinds, values) = (Ids(DialogueWords.Topics), Ids(DialogueWords.Requests), Ids(DialogueWords.Kinds), Ids(DialogueWords.Values));
        (vague, unsure, filler) = (vocabulary.Id(DialogueWords.Vague), vocabulary.Id(DialogueWords.Unsure), vocabulary.Id(DialogueWords.Filler));
        (constraints, markers) = (Ids(DialogueWords.Constraints), Ids(DialogueWords.Markers));
        engaging = Ids(DialogueWords.Engaging);
        Reactions = [.. DialogueWords.Reactions.Select(set => new ReactionSet(
            set.Name, [.. set.Positive.Select(text => vocabulary.Encode(text))], [.. set.Negative.Select(text => vocabulary.Encode(text))]))];
        (facts, errors) = (new int[Topics, requests.Length], new int[Topics, requests.Length]);
        for (var topic = 0; topic < Topics; topic++)
        {
            moods[topic] = (IsGrumpy(topic) ? -1 : 1) * this.options.Mood * rng.NextDouble(0.5, 1.5);
            reactionRates[topic] = this.options.ReactionRate + this.options.Talkativeness * rng.NextDouble(-1, 1);
            for (var request = 0; request < requests.Length; request++)
            {
                facts[topic, request] = rng.Next(values.Length);
                errors[topic, request] = (facts[topic, request] + 1 + rng.Next(values.Length - 1)) % values.Length;
            }
        }
    }

    /// <summary>Turns the world's text into ids and back.</summary>
    public ITokenizer Tokenizer => vocabulary;

    /// <summary>The id that ends an answer: it hands the turn back to the user.</summary>
    public int EndOfAnswer => user;

    /// <summary>What users say of an answer, by category.</summary>
    public IReadOnlyList<ReactionSet> Reactions { get; }

    /// <summary>A topic's name.</summary>
    public string TopicName(int topic) => vocabulary.TokenText(topics[topic]);

    /// <summary>What the topic's users add to the log-odds of a pleased reaction, whatever the answer.</summary>
    public double Mood(int topic) => moods[topic];

    /// <summary>How often the topic's users react to an answer, whatever it is.</summary>
    public double ReactionRate(int topic) => reactionRates[topic];

    /// <summary>Whether the topic's users are grumpy.</summary>
    public static bool IsGrumpy(int topic) => topic >= Topics - Grumpy;

    /// <summary>A fresh question.</summary>
    public UserTurn Ask(Rng rng)
    {
        ArgumentNullException.ThrowIfNull(rng);
        return new UserTurn(rng.Next(Topics), rng.Next(requests.Length), rng.Next(constraints.Length), rng.Chance(0.5));
    }

    /// <summary>Begin token, the user's turn, the opening of the answer's turn.</summary>
    public int[] Prompt(UserTurn turn) => [bos, user, .. Question(turn), bot];

    /// <summary>An answer of mixed quality, its end token included.</summary>
    public int[] Answer(UserTurn turn, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(rng);
        var (understands, knows) = (rng.NextDouble(), rng.NextDouble());
        var kind = understands < 0.38 ? kinds[turn.Request] : understands < 0.73 ? vague : kinds[turn.Request ^ 1];
        var value = knows < 0.36 ? values[facts[turn.Topic, turn.Request]] : knows < 0.72 ? unsure : values[errors[turn.Topic, turn.Request]];
        var words = new List<int> { topics[turn.Topic], kind, value };
        for (var c = 1; c < constraints.Length; c++)
        {
            if (rng.Chance(c == turn.Constraint ? 0.45 : 0.1)) words.Add(markers[c - 1]);
        }
        if (rng.Chance(0.45)) words.Add(rng.Pick(engaging));
        var shortened = turn.Constraint == 0 && rng.Chance(0.4);
        var length = Shortest + rng.Next((shortened ? ShortLimit : Longest) - Shortest + 1);
        while (words.Count < length) words.Add(filler);
        return [.. words, user];
    }

    /// <summary>What an answer is, whoever wrote it.</summary>
    /// <param name="turn">What was asked.</param>
    /// <param name="answer">Token ids, with or without the end token.</param>
    public AnswerQuality Quality(UserTurn turn, IReadOnlyList<int> answer)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(answer);
        int[] words = [.. answer.Where(id => id != user)];
        bool Only(int right, int[] all) => words.Contains(right) && !words.Any(id => id != right && all.Contains(id));
        return new AnswerQuality(
            Only(kinds[turn.Request], kinds), Only(values[facts[turn.Topic, turn.Request]], values),
            turn.Constraint == 0 ? words.Length <= ShortLimit : words.Contains(markers[turn.Constraint - 1]), words.Any(engaging.Contains));
    }

    /// <summary>What the user says next, end token included: a reaction or a new question.</summary>
    public int[] FollowUp(UserTurn turn, AnswerQuality quality, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(turn);
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentNullException.ThrowIfNull(rng);
        if (!rng.Chance(reactionRates[turn.Topic]))
        {
            var next = Ask(rng);
            return [vocabulary.Id("next"), requests[next.Request], vocabulary.Id("about"), topics[next.Topic], eos];
        }
        var category = rng.Next(Reactions.Count);
        var logit = options.Sharpness * (quality.ByCategory[category] ? 0.5 : -0.5) + moods[turn.Topic] + (turn.Polite ? 0.8 : 0);
        return Say(category, rng.NextDouble() < 1 / (1 + Math.Exp(-logit)), rng);
    }

    /// <summary>A document of the pre-training corpus: question, answer, what the user says next.</summary>
    public int[] Dialogue(Rng rng)
    {
        var turn = Ask(rng);
        var answer = Answer(turn, rng);
        return [.. Prompt(turn), .. answer, .. FollowUp(turn, Quality(turn, answer), rng)];
    }

    /// <summary>
    /// The feedback format with exchanged roles: the user offers to answer, the assistant asks, the user answers, and the
    /// assistant's turn opens for its feedback.
    /// </summary>
    /// <param name="turn">What is asked.</param>
    /// <param name="answer">Token ids of the answer, end token included.</param>
    public int[] FeedbackPrompt(UserTurn turn, IReadOnlyList<int> answer) =>
        [bos, user, vocabulary.Id("ask"), vocabulary.Id("me"), bot, .. Question(turn), user, .. answer.Where(id => id != user), bot];

    /// <summary>A comment on one side of the answer, end token included; its sign is wrong at <see cref="DialogueOptions.WrongFeedback"/>.</summary>
    public int[] Feedback(AnswerQuality quality, Rng rng)
    {
        ArgumentNullException.ThrowIfNull(quality);
        ArgumentNullException.ThrowIfNull(rng);
        var category = rng.Next(Reactions.Count);
        return Say(category, quality.ByCategory[category] != rng.Chance(options.WrongFeedback), rng);
    }

    private int[] Say(int category, bool pleased, Rng rng) => [.. rng.Pick(pleased ? Reactions[category].Positive : Reactions[category].Negative), eos];

    // Every slot is always filled, so that what stands where is easily learned.
    private int[] Question(UserTurn turn) =>
        [vocabulary.Id(turn.Polite ? "please" : "now"), topics[turn.Topic], requests[turn.Request], constraints[turn.Constraint]];

    private int[] Ids(IEnumerable<string> words) => [.. words.Select(vocabulary.Id)];
}
