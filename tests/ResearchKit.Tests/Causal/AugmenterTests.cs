using ResearchKit.Causal;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Causal;

public sealed class AugmenterTests
{
    private readonly ConfoundedWorld world = new(new RandomStreams(3).Rng("world"));
    private readonly Rng rng = new RandomStreams(3).Rng("draws");
    private readonly LabelledPair<int[]>[] pairs;

    public AugmenterTests() => pairs = [.. Enumerable.Range(0, 600).Select(_ => world.Pair(StyleLaw.Confounded, rng)).Select(p => LabelledPair.Preferred(p.Prompt, p.Chosen, p.Rejected))];

    private double Gap(LabelledPair<int[]> pair) => world.Reward(pair.Query, pair.First) - world.Reward(pair.Query, pair.Second);

    [Fact]
    public void Counterfactuals_are_ordered_as_the_true_reward_orders_them_and_change_one_attribute()
    {
        var editor = new ConfoundedEditor(world);
        var made = new CausalAugmenter<int[]>(editor).Augment(pairs, rng);

        Assert.All(made, pair => Assert.True(Gap(pair) > 0 && pair.Label == 1));
        Assert.All(made, pair => Assert.True(editor.Level(pair.Query, pair.First, pair.Attribute!) > editor.Level(pair.Query, pair.Second, pair.Attribute!)
            || (pair.Attribute == ConfoundedEditor.Completeness && pair.First.Length > pair.Second.Length)));
        foreach (var attribute in editor.Attributes) foreach (var kind in new[] { PairKind.Upgrade, PairKind.Degrade }) Assert.Contains(made, pair => pair.Kind == kind && pair.Attribute == attribute);
        // Every answer can be made worse or better in relevance at least.
        Assert.Equal(2 * pairs.Length, made.Count);
    }

    [Fact]
    public void Ties_are_ties_of_the_true_reward_whatever_made_them()
    {
        var queries = pairs.Select(pair => pair.Query).ToArray();
        IPairAugmenter<int[]>[] neutral =
        [
            new IrrelevantQueryNeutralizer<int[]>(queries, world.Irrelevant), new CausallyAlignedNeutralizer<int[]>(new ConfoundedEditor(world)),
            new SpuriousChangeNeutralizer<int[]>(ConfoundedStyle.Transformations(world)),
        ];

        foreach (var augmenter in neutral)
        {
            var made = augmenter.Augment(pairs, rng);

            Assert.InRange(made.Count, pairs.Length * 0.6, 2 * pairs.Length);
            Assert.All(made, pair => Assert.True(!pair.Ordered && Gap(pair) == 0));
            Assert.Contains(made, pair => !pair.First.SequenceEqual(pair.Second));
        }
    }

    [Fact]
    public void Irrelevant_queries_are_irrelevant_to_both_answers_or_refused()
    {
        var made = new IrrelevantQueryNeutralizer<int[]>([.. pairs.Select(pair => pair.Query)], world.Irrelevant).Augment(pairs, rng);

        Assert.All(made, pair => Assert.Equal(ConfoundedWorld.OffTopic, world.Reward(pair.Query, pair.First)));
        Assert.Contains("none of 100 queries", Assert.Throws<CausalException>(() => new IrrelevantQueryNeutralizer<int[]>([pairs[0].Query], (_, _) => false).Augment(pairs, rng)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Non_contextual_pairs_set_both_own_answers_before_foreign_ones_and_tie_the_foreign()
    {
        var made = new NonContextualAugmenter<int[]>().Augment(pairs, rng);

        Assert.Equal(3 * pairs.Length, made.Count);
        Assert.Equal(2 * pairs.Length, made.Count(pair => pair.Kind == PairKind.OwnAgainstForeign && pair.Label == 1));
        Assert.All(made.Where(pair => pair.Kind == PairKind.ForeignTie), pair => Assert.False(pair.Ordered));
        // Own answers are better by far, but no rubric says so: some labels are wrong, and that is the method.
        Assert.InRange(made.Where(pair => pair.Ordered).Average(pair => Gap(pair) >= 0 ? 1.0 : 0.0), 0.95, 0.9999);
        Assert.Contains("another query", Assert.Throws<CausalException>(() => new NonContextualAugmenter<string>().Augment([LabelledPair.Preferred("q", "a", "b")], rng)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_filter_keeps_what_the_baseline_has_not_learned()
    {
        LabelledPair<string> ordered = LabelledPair.Preferred("q", "a", "b"), tie = new("q", "a", "b", LabelledPair.Tie, PairKind.IrrelevantQuery);
        double Logit(double p) => Math.Log(p / (1 - p));

        var filtered = BaselineFilter.Apply([ordered, ordered, ordered, tie, tie, tie], [Logit(0.85), Logit(0.75), Logit(0.1), Logit(0.65), Logit(0.75), Logit(0.25)]);

        Assert.Equal([false, true, true, false, true, true], filtered.Select(f => f.Kept));
        Assert.Equal([(PairKind.Original, 3, 2), (PairKind.IrrelevantQuery, 3, 2)], BaselineFilter.Report(filtered).Select(r => (r.Kind, r.Pairs, r.Kept)));
        Assert.Throws<ArgumentException>(() => BaselineFilter.Apply([ordered], [double.NaN]));
        Assert.Throws<ArgumentException>(() => BaselineFilter.Apply([ordered], [1, 2]));
    }
}
