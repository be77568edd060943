using ResearchKit.Causal;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Causal;

/// <summary>Measures of reward models whose taste is known, because it is written down.</summary>
public sealed class MeasureTests
{
    private readonly ConfoundedWorld world = new(new RandomStreams(5).Rng("world"));
    private readonly Rng rng = new RandomStreams(5).Rng("draws");

    private AnswerScorer<int[]> Scorer(Func<ConfoundedAnswer, double> taste) => rows => [.. rows.Select(row => world.Reward(row.Query, row.Answer) + taste(world.ReadAnswer(row.Answer)))];

    private AnswerScorer<int[]> Truth => Scorer(_ => 0);

    private (int[] Query, int[] Chosen, int[] Rejected)[] Pairs(int count) => [.. Enumerable.Range(0, count).Select(_ => world.Pair(StyleLaw.Confounded, rng)).Select(p => (p.Prompt, p.Chosen, p.Rejected))];

    [Fact]
    public void The_truth_has_no_taste_in_style_and_a_biased_model_as_much_as_was_written_down()
    {
        var copies = Pairs(100).Select(p => (p.Query, ConfoundedStyle.Dress(world, p.Chosen, true, rng), ConfoundedStyle.Dress(world, p.Chosen, false, rng))).ToArray();

        Assert.Equal(new SpuriousPreference(0.5, 0.5, 0), SpuriousPreference.Of(Truth, copies));
        var biased = SpuriousPreference.Of(Scorer(a => (a.Polite ? 0.5 : 0) + 0.1 * a.Filler.Count), copies);
        Assert.Equal((1, 1.1), (biased.WinRate, Math.Round(biased.MeanMargin, 12)));
        Assert.Equal(1 / (1 + Math.Exp(-1.1)), biased.MeanProbability, 12);
    }

    [Fact]
    public void Sensitivity_finds_the_attribute_that_a_model_does_not_see()
    {
        var edits = new CausalAugmenter<int[]>(new ConfoundedEditor(world)).Augment([.. Pairs(400).Select(p => LabelledPair.Preferred(p.Query, p.Chosen, p.Rejected))], rng);
        // It counts the clauses of answers on the topic and cannot tell right values from wrong ones.
        AnswerScorer<int[]> blind = rows => [.. rows.Select(row => world.Irrelevant(row.Query, row.Answer) ? -3.0 : world.ReadAnswer(row.Answer).Clauses.Count)];

        var truth = AttributeSensitivity.Of(Truth, Truth, edits);
        var seen = AttributeSensitivity.Of(blind, Truth, edits).ToDictionary(s => s.Attribute);

        Assert.All(truth, s => Assert.True(s.Accuracy == 1 && s.Effects.SequenceEqual(s.TrueEffects)));
        Assert.Equal((0.5, 1.0, 1.0), (seen["factuality"].Accuracy, seen["relevance"].Accuracy, seen["completeness"].Accuracy));
        Assert.All(seen["factuality"].TrueEffects, effect => Assert.Equal(2, effect));
        Assert.All(seen["completeness"].TrueEffects, effect => Assert.Equal(1, effect));
        Assert.Throws<ArgumentException>(() => AttributeSensitivity.Of(Truth, Truth, [LabelledPair.Preferred(edits[0].Query, edits[0].First, edits[0].Second)]));
    }

    [Fact]
    public void Transformations_cost_the_truth_nothing_and_a_biased_model_what_it_is_biased_to()
    {
        var pairs = Pairs(500);
        IReadOnlyList<TransformationResult> Suite(AnswerScorer<int[]> scorer) => TransformationSuite.Of(scorer, pairs, ConfoundedStyle.Transformations(world), new Rng(1));

        Assert.All(Suite(Truth), result => Assert.Equal((1, 0, 0), (result.Before, result.Drop, result.MeanShift)));
        var biased = Suite(Scorer(a => a.Bullets ? 3 : 0)).ToDictionary(r => r.Transformation);
        Assert.InRange(biased["switch bullets"].Drop, 0.04, 0.3);
        Assert.Equal((0, 0), (biased["add filler"].Drop, biased["reorder and reword"].Drop));
    }

    [Fact]
    public void A_scorer_that_gives_too_few_or_unordered_scores_is_refused()
    {
        (int[], int[], int[])[] one = Pairs(1);

        Assert.Contains("gave 1 scores for 2", Assert.Throws<ArgumentException>(() => SpuriousPreference.Of(_ => [1], one)).Message, StringComparison.Ordinal);
        Assert.Contains("NaN", Assert.Throws<ArgumentException>(() => SpuriousPreference.Of(_ => [1, double.NaN], one)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => SpuriousPreference.Of(Truth, []));
    }
}
