using ResearchKit.Causal;
using ResearchKit.Data;
using ResearchKit.Evaluation;
using ResearchKit.Runtime;
using ResearchKit.Worlds;

namespace ResearchKit.Tests.Causal;

/// <summary>Treatment effects of a reward model whose tastes are written down, on answers of which every effect is known.</summary>
public sealed class EffectTests
{
    private const int Population = 20_000, Resamples = 399;
    private static readonly ConfoundedWorld World = new(new RandomStreams(8).Rng("world"));
    private static readonly (int[] Query, int[] Answer, int Skill)[] Answers = Draw(new RandomStreams(8).Rng("answers"));
    private static readonly IIntervention<int[]> Politeness = ConfoundedStyle.Interventions(World)[0], Filler = ConfoundedStyle.Interventions(World)[2];

    private static (int[], int[], int)[] Draw(Rng rng) => [.. Enumerable.Range(0, Population).Select(_ =>
    {
        var (query, skill) = (World.Query(rng), rng.Next(3));
        return (query, World.Answer(query, 0.2 + 0.3 * skill, 0.2 + 0.3 * skill, rng), skill);
    })];

    // Filler is worth more the more right the answer is, politeness mostly with bullets: effects that differ from answer to answer.
    private static double Score(int[] query, int[] answer)
    {
        var (reward, read) = (World.Reward(query, answer), World.ReadAnswer(answer));
        return reward + 0.05 * Math.Exp(0.7 * reward) * read.Filler.Count + (read.Polite ? read.Bullets ? 0.9 : 0.1 : 0);
    }

    private static IReadOnlyList<double> Scorer(IReadOnlyList<(int[] Query, int[] Answer)> rows) => [.. rows.Select(row => Score(row.Query, row.Answer))];

    private static double TrueEffect(IIntervention<int[]> intervention) =>
        InterventionEffect.RewriteOfRewrite(Scorer, [.. Answers.Select(p => (p.Query, p.Answer))], intervention, new Rng(1)).Mean;

    private static double Coverage(double truth, int runs, int answers, Func<(int[] Query, int[] Answer, int Skill)[], Rng, EffectEstimate> estimate)
    {
        var rng = new Rng(11);
        var covered = 0;
        for (var run = 0; run < runs; run++)
        {
            var sample = Enumerable.Range(0, answers).Select(_ => rng.Pick(Answers)).ToArray();
            var interval = Intervals.BootstrapT(estimate(sample, rng).Contributions, Resamples, rng);
            if (interval.Low <= truth && truth <= interval.High) covered++;
        }
        return covered / (double)runs;
    }

    [Fact]
    public void The_interval_of_an_intervention_s_effect_covers_the_truth_95_times_in_a_hundred() =>
        Assert.InRange(
            Coverage(TrueEffect(Filler), 1500, 60, (sample, rng) => InterventionEffect.RewriteOfRewrite(Scorer, [.. sample.Select(s => (s.Query, s.Answer))], Filler, rng)),
            0.93, 0.97);

    [Fact]
    public void The_interval_of_an_adjusted_effect_covers_the_truth_95_times_in_a_hundred() =>
        Assert.InRange(
            Coverage(TrueEffect(Politeness), 1500, 300, (sample, _) => Observed(sample, s => s.Skill)), 0.93, 0.97);

    [Fact]
    public void The_naive_difference_takes_the_writer_s_skill_for_an_effect_and_its_interval_seldom_covers() =>
        Assert.True(Coverage(TrueEffect(Politeness), 200, 300, (sample, _) => Observed(sample, null)) < 0.3);

    private static EffectEstimate Observed((int[] Query, int[] Answer, int Skill)[] sample, Func<(int[] Query, int[] Answer, int Skill), int>? strata) => ObservationalEffect.Of(
        Politeness.Name, [.. sample.Select(s => Score(s.Query, s.Answer))], [.. sample.Select(s => Politeness.Holds(s.Answer))], strata is null ? null : [.. sample.Select(strata)]);

    [Fact]
    public void Adjusted_and_intervened_effects_agree_on_a_large_sample_and_differ_from_the_naive_one()
    {
        var truth = TrueEffect(Politeness);
        var adjusted = Observed(Answers, s => s.Skill);

        Assert.True(Math.Abs(adjusted.Mean - truth) < 4 * adjusted.StandardError);
        Assert.True(Math.Abs(Observed(Answers, null).Mean - truth) > 20 * adjusted.StandardError);
    }

    [Fact]
    public void A_rewriter_that_also_cuts_the_filler_misleads_one_rewrite_and_not_the_rewrite_of_the_rewrite()
    {
        (int[], int[])[] rows = [.. Answers.Take(2000).Select(p => (p.Query, p.Answer))];
        // With a taste for filler that is the same for all answers, so that the truth does not depend on how much is left.
        IReadOnlyList<double> Simple(IReadOnlyList<(int[] Query, int[] Answer)> all) =>
            [.. all.Select(row => World.ReadAnswer(row.Answer)).Select(a => 0.2 * a.Filler.Count + (a.Polite ? 0.5 : 0))];
        var sloppy = new Sloppy(Politeness, Filler);

        Assert.Equal(0.5, InterventionEffect.Rewrite(Simple, rows, Politeness, new Rng(1)).Mean, 12);
        Assert.Equal(0.5, InterventionEffect.RewriteOfRewrite(Simple, rows, sloppy, new Rng(1)).Mean, 12);
        Assert.True(Math.Abs(InterventionEffect.Rewrite(Simple, rows, sloppy, new Rng(1)).Mean - 0.5) > 0.05);
    }

    [Fact]
    public void A_stratum_without_a_comparison_is_refused_by_name() => Assert.Contains(
        "stratum 1 has 1 answers with 'bullets' and 0 without",
        Assert.Throws<CausalException>(() => ObservationalEffect.Of("bullets", [1, 2, 3], [true, false, true], [0, 0, 1])).Message, StringComparison.Ordinal);

    private sealed class Sloppy(IIntervention<int[]> meant, IIntervention<int[]> besides) : IIntervention<int[]>
    {
        public string Name => meant.Name;

        public bool Holds(int[] answer) => meant.Holds(answer);

        public int[] Set(int[] answer, bool on, Rng rng) => besides.Set(meant.Set(answer, on, rng), false, rng);
    }
}
