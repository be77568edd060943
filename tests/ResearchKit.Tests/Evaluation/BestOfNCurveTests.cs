using ResearchKit.Evaluation;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Evaluation;

public sealed class BestOfNCurveTests
{
    [Fact]
    public void It_is_the_mean_over_all_subsets()
    {
        double[] scores = [0.3, 2, -1, 1.5, 0.7], truths = [5, -2, 1, 3, 0];

        foreach (var point in BestOfNCurve.Of([scores], [truths], [1, 2, 3, 4, 5]))
        {
            var subsets = Enumerable.Range(0, 1 << 5).Where(set => int.PopCount(set) == point.N).Select(set => Enumerable.Range(0, 5).Where(i => (set >> i & 1) == 1).ToArray()).ToArray();
            Assert.Equal(subsets.Average(set => truths[set.MaxBy(i => scores[i])]), point.TrueReward, 12);
            Assert.Equal(subsets.Average(set => set.Max(i => scores[i])), point.Score, 12);
            Assert.Equal(subsets.Average(set => set.Max(i => truths[i])), point.Oracle, 12);
        }
    }

    [Fact]
    public void Equal_scores_select_at_random_so_a_blind_model_gets_the_mean_at_any_N()
    {
        double[] truths = [4, 0, 1, -3];

        Assert.All(BestOfNCurve.Of([[7, 7, 7, 7]], [truths], [1, 2, 4]), point => Assert.Equal(truths.Average(), point.TrueReward, 12));
    }

    [Fact]
    public void A_model_that_loves_the_wrong_thing_falls_while_its_score_rises_and_the_oracle_bounds_it()
    {
        var rng = new Rng(4);
        double[][] truths = [.. Enumerable.Range(0, 50).Select(_ => Enumerable.Range(0, 64).Select(_ => rng.NextNormal()).ToArray())];
        double[][] scores = [.. truths.Select(pool => pool.Select(r => Math.Min(r, 0.5) - 3 * Math.Max(0, r - 0.5) + 0.3 * rng.NextNormal()).ToArray())];
        var curve = BestOfNCurve.Of(scores, truths, [1, 2, 4, 8, 16, 32, 64]);

        Assert.All(curve.Zip(curve.Skip(1)), step => Assert.True(step.Second.Score > step.First.Score && step.Second.Kl > step.First.Kl));
        Assert.All(curve, point => Assert.True(point.TrueReward <= point.Oracle));
        Assert.True(curve[^1].Oracle > 2);
    }

    [Fact]
    public void The_KL_is_zero_for_one_and_log_N_minus_one_for_many()
    {
        Assert.Equal(0, BestOfNCurve.Kl(1));
        Assert.Equal(Math.Log(4) - 0.75, BestOfNCurve.Kl(4), 12);
    }

    [Fact]
    public void Pools_that_do_not_fit_are_refused_by_query()
    {
        Assert.Contains("query 1 has 2 scores and 1", Assert.Throws<ArgumentException>(() => BestOfNCurve.Of([[1, 2], [1, 2]], [[1, 2], [1]], [1])).Message, StringComparison.Ordinal);
        Assert.Contains("N = 3", Assert.Throws<ArgumentException>(() => BestOfNCurve.Of([[1, 2]], [[1, 2]], [3])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => BestOfNCurve.Of([[1, double.NaN]], [[1, 2]], [1]));
        Assert.Throws<ArgumentException>(() => BestOfNCurve.Of([], [], [1]));
    }
}
