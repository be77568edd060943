using ResearchKit.Reward;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Worlds;

public sealed class ObjectStripWorldTests
{
    private static readonly StripObject[] Seen = [new(2, 0, 1), new(1, 2, 2), new(3, 0, 1)]; // red square, green star, red square
    private readonly ObjectStripWorld world = new();

    [Theory]
    [InlineData("<think> </think> <answer> 6 </answer>", 6, 6, true)]
    [InlineData("<think> 2 1 3 3 6 </think> <answer> 6 </answer>", 6, 6, true)]
    [InlineData("<think> so </think> <answer> six </answer>", 6, null, true)]
    [InlineData("<think> </think> 6 </answer>", 6, null, false)]
    [InlineData("<think> </think> <answer> 6", 6, null, false)]
    [InlineData("<think> </think> <answer> 6 6 </answer>", 6, null, true)]
    [InlineData("<answer> 4 </answer> 6", 6, 4, false)] // the only way past the rule: it reads the tags, the truth the last number
    [InlineData("<think> </think> <answer> </answer>", null, null, false)]
    [InlineData("", null, null, false)]
    public void The_truth_is_the_last_number_the_rule_one_digit_between_the_tags(string answer, int? number, int? parsed, bool format)
    {
        var ids = Ids(answer);

        Assert.Equal(number, world.LastNumber(ids));
        Assert.Equal(parsed, world.Parse(ids));
        Assert.Equal(format, FormatReward.Holds(ids, world.Tags));
    }

    [Fact]
    public void Sum_and_mix_are_numbers_from_0_to_9_and_a_description_has_none()
    {
        StripQuestion Asked(StripTask task) => new(task, Seen, []);

        Assert.Equal(6, Asked(StripTask.Sum).Number);
        Assert.Equal(7, Asked(StripTask.Mix).Number);
        Assert.Throws<InvalidOperationException>(() => Asked(StripTask.Describe).Number);
        var rng = new Rng(1);
        Assert.All(Enumerable.Range(0, 500).Select(_ => world.Question(true, rng)), q => Assert.InRange(q.Number, 0, 9));
    }

    [Theory]
    [InlineData("red square green star crimson box", 3)]
    [InlineData("well red square so star green", 1)]
    [InlineData("red well square", 0)]
    [InlineData("red red square", 1)]
    public void Objects_are_a_colour_with_a_shape_right_after_it(string answer, int objects) =>
        Assert.Equal(objects, world.StatedObjects(Ids(answer)).Count);

    [Fact]
    public void Every_right_description_states_the_objects_whatever_order_and_synonyms()
    {
        var rng = new Rng(2);
        var texts = Enumerable.Range(0, 3000).Select(_ => world.Description(Seen, rng)).ToArray();
        (int, int)[] Kinds(IEnumerable<StripObject> objects) => [.. objects.Select(o => (o.Colour, o.Shape)).Order()];

        Assert.All(texts, text => Assert.Equal(Kinds(Seen), Kinds(world.StatedObjects(text))));
        Assert.Equal(3 * 64, texts.Select(text => string.Join(' ', text)).Distinct().Count()); // two objects are alike: 3 orders, 2^6 synonyms
    }

    [Fact]
    public void The_image_tokenizer_finds_the_nearest_code_and_noise_seldom_hides_one()
    {
        var rng = new Rng(3);
        Assert.Equal(Ids("[d2] [c0] [s3]"), world.Tokenize([0, 0, 1, 0, 0.6, 0.5, 0, 0, -1, -2, -3, -0.5]));
        Assert.Contains("12 numbers", Assert.Throws<ArgumentException>(() => world.Tokenize([1])).Message, StringComparison.Ordinal);

        var asked = Enumerable.Range(0, 5000).Select(_ => world.Question(rng)).ToArray();
        var wrong = asked.Average(q => q.Objects.SelectMany(o => Ids($"[d{o.Digit}] [c{o.Colour}] [s{o.Shape}]")).Zip(q.Prompt[1..^1]).Average(pair => pair.First == pair.Second ? 0.0 : 1));
        Assert.All(asked, q => Assert.Equal(ObjectStripWorld.PromptLength, q.Prompt.Length));
        Assert.InRange(wrong, 0.0002, 0.005);
    }

    [Fact]
    public void Demonstrations_are_true_and_of_the_stated_shares()
    {
        var rng = new Rng(4);
        var drawn = Enumerable.Range(0, 8000).Select(_ => world.Question(rng)).Select(q => (Question: q, Answer: world.Demonstration(q, rng))).ToArray();
        var maths = drawn.Where(x => x.Question.Verifiable).ToArray();
        double Share(IEnumerable<(StripQuestion Question, int[] Answer)> of, Func<int[], bool> holds) => of.Average(x => holds(x.Answer) ? 1.0 : 0);

        Assert.All(drawn, x => Assert.InRange(x.Answer.Length, 4, ObjectStripWorld.MaxNewTokens));
        Assert.All(drawn, x => Assert.Equal(world.StopTokens[0], x.Answer[^1]));
        Assert.All(maths, x => Assert.Equal(x.Question.Number, world.LastNumber(x.Answer)));
        Assert.All(drawn.Where(x => !x.Question.Verifiable), x => Assert.Subset(
            x.Question.Objects.Select(o => o with { Digit = 0 }).ToHashSet(), world.StatedObjects(x.Answer).ToHashSet()));
        Assert.Equal(0.6, maths.Length / (double)drawn.Length, 0.02);
        Assert.Equal(0.7, Share(drawn, answer => FormatReward.Holds(answer, world.Tags)), 0.02);
        Assert.Equal(0.25, Share(maths, world.InNumberWords), 0.02);
        Assert.Equal(0.7 * 0.75, Share(maths, answer => world.Parse(answer) is not null), 0.02);
        var described = drawn.Where(x => !x.Question.Verifiable).ToArray();
        foreach (var (named, share) in new[] { (0, 0), (1, 0.2), (2, 0.2), (3, 0.6) })
            Assert.Equal(share, Share(described, answer => world.StatedObjects(answer).Count == named), 0.03);
    }

    private int[] Ids(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => world.Tokenizer.Encode(word)[^1])];
}
