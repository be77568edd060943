using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class LongAnswerWorldTests
{
    private readonly LongAnswerWorld world = new(new Rng(1));

    [Theory]
    // One topic, three keys asked for: colour, price, size. T is the true value's word, F another.
    [InlineData("colour T , price T .", "+ +", "+", 2 / 3.0)]
    [InlineData("colour F , price T . size T .", "+ + +", "- +", 1)]
    [InlineData("colour T , colour T .", "+ -", "+", 1 / 3.0)]
    [InlineData("origin T . colour T .", "- +", "+ +", 1 / 3.0)]
    [InlineData("well so . colour T , indeed so .", "- + -", "- +", 1 / 3.0)]
    [InlineData("colour T , price", "+ -", "+", 1 / 3.0)]
    [InlineData(", . colour T price .", "-", "- -", 0)]
    [InlineData("", "", "", 0)]
    public void Clauses_and_sentences_are_judged_as_the_rules_say(string answer, string clauses, string sentences, double completeness)
    {
        var asked = Ids("<bos> cedar colour price size ?");
        var words = answer.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] ids = [.. words.Select((word, i) => Id(word, i > 0 ? words[i - 1] : "", asked[1])), world.StopTokens[0]];

        var truth = world.Judge(asked, ids);

        Assert.Equal(clauses, Marks(truth.Relevant));
        Assert.Equal(sentences, Marks(truth.Factual));
        Assert.Equal(completeness, truth.Completeness, 12);
        Assert.Equal(truth.Relevance + truth.Factuality + truth.Completeness, truth.Score);
        Assert.Equal(truth.Relevant.Count, SegmentEnds.Of(ids, world.ClauseEnds, world.StopTokens).Length);
        Assert.Equal(truth.Factual.Count, SegmentEnds.Of(ids, world.SentenceEnds, world.StopTokens).Length);
    }

    [Fact]
    public void Demonstrations_fit_the_limit_and_hold_every_kind_of_error_at_about_the_stated_rates()
    {
        var rng = new Rng(2);
        var drawn = Enumerable.Range(0, 4000).Select(_ => world.Question(rng)).Select(q => (Question: q, Answer: world.Demonstration(q, rng))).ToArray();
        var truths = drawn.Select(x => world.Judge(x.Question, x.Answer)).ToArray();

        Assert.All(drawn, x => Assert.InRange(x.Answer.Length, 4, LongAnswerWorld.MaxNewTokens));
        Assert.All(drawn, x => Assert.Equal(world.StopTokens[0], x.Answer[^1]));
        Assert.All(drawn, x => Assert.Equal(LongAnswerWorld.QuestionLength, x.Question.Length));
        Assert.Equal(0.75, truths.Average(t => t.Completeness), 0.02);
        Assert.Equal(0.5, ShareOfTrueClauses(drawn), 0.03); // 0.6 · 0.6 + 0.4 · 0.35
        Assert.InRange(PooledRatio.Of(truths.Select(t => t.Relevant)), 0.65, 0.85);
        Assert.InRange(PooledRatio.Of(truths.Select(t => t.Factual)), 0.2, 0.5);
    }

    [Fact]
    public void The_facts_are_the_seeds_and_every_value_occurs()
    {
        var (same, other) = (new LongAnswerWorld(new Rng(1)), new LongAnswerWorld(new Rng(2)));
        int[] Truth(LongAnswerWorld w) => [.. from topic in Enumerable.Range(0, 5) from key in Enumerable.Range(0, 5) select w.TrueValue(3 + topic, 8 + key)];

        Assert.Equal(Truth(world), Truth(same));
        Assert.NotEqual(Truth(world), Truth(other));
        Assert.Equal(LongAnswerWorld.Values, Truth(world).Distinct().Count());
    }

    [Fact]
    public void What_is_no_question_is_refused() =>
        Assert.Contains("ends with '?'", Assert.Throws<ArgumentException>(() => world.Judge([1, 2], [3])).Message, StringComparison.Ordinal);

    private int[] Ids(string text) => [.. text.Split(' ').Select(word => world.Tokenizer.Encode(word)[^1])];

    private int Id(string word, string key, int topic)
    {
        if (word is not ("T" or "F")) return Ids(word)[0];
        var right = world.TrueValue(topic, Ids(key)[0]);
        return word == "T" ? right : Ids("one two")[right == Ids("one")[0] ? 1 : 0];
    }

    private double ShareOfTrueClauses((int[] Question, int[] Answer)[] drawn)
    {
        var stated = drawn.SelectMany(x => x.Answer.Zip(x.Answer.Skip(1)).Where(pair => pair.First is >= 8 and < 13).Select(pair => pair.Second == world.TrueValue(x.Question[1], pair.First))).ToArray();
        return stated.Average(right => right ? 1.0 : 0);
    }

    private static string Marks(IEnumerable<bool> right) => string.Join(' ', right.Select(r => r ? "+" : "-"));
}
