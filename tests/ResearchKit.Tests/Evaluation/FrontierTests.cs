using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class FrontierTests
{
    // A run that overshoots and comes back: KL is not monotone over its checkpoints.
    private static readonly RewardKlPoint[] Checkpoints = [new(0, 0.50), new(0.4, 0.60), new(2.0, 0.58), new(1.1, 0.72), new(3.0, 0.71), new(0.4, 0.55)];

    [Fact]
    public void F_is_the_best_reward_within_the_budget()
    {
        var frontier = new RewardKlFrontier(Checkpoints);

        foreach (var k in new[] { 0, 0.3, 0.4, 1, 1.1, 2.5, 9 })
        {
            Assert.Equal(Checkpoints.Where(point => point.Kl <= k).Max(point => point.Reward), frontier.At(k));
        }
        Assert.Equal([new(0, 0.50), new(0.4, 0.60), new(1.1, 0.72)], frontier.Points);
    }

    [Fact]
    public void A_mixture_of_checkpoints_lies_on_their_upper_concave_hull()
    {
        var frontier = new RewardKlFrontier(Checkpoints);

        // (0.4, 0.60) lies above the chord from (0, 0.50) to (1.1, 0.72).
        Assert.Equal(0.50 + 0.25 * 0.2, frontier.Mixed(0.2), 12);
        Assert.Equal(0.60, frontier.Mixed(0.4), 12);
        Assert.Equal(0.60 + (0.72 - 0.60) / 0.7 * 0.35, frontier.Mixed(0.75), 12);
        Assert.Equal(0.72, frontier.Mixed(9), 12);
        // A dent is bridged: the middle checkpoint is worse than drawing from its neighbours.
        Assert.Equal(0.5, new RewardKlFrontier([new(0, 0), new(1, 0.1), new(2, 1)]).Mixed(1), 12);
        Assert.True(double.IsNaN(new RewardKlFrontier([new(0.5, 1)]).Mixed(0.4)));
        Assert.True(double.IsNaN(new RewardKlFrontier([]).Mixed(1)));
        Assert.Equal(1, new RewardKlFrontier([new(0.5, 1)]).Mixed(0.5));
    }

    [Fact]
    public void Below_every_checkpoint_F_is_unknown_and_broken_points_are_refused()
    {
        Assert.True(double.IsNaN(new RewardKlFrontier([new(0.5, 1)]).At(0.4)));
        Assert.True(double.IsNaN(new RewardKlFrontier([]).At(1)));
        Assert.Throws<ArgumentException>(() => new RewardKlFrontier([new(double.NaN, 1)]));
    }

    [Fact]
    public void Spearmans_rho_of_the_textbook_example_is_minus_29_over_165()
    {
        // IQ against hours of television, the worked example of Wikipedia's "Spearman's rank correlation coefficient".
        double[] iq = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
        double[] hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];

        Assert.Equal(-29.0 / 165, RankCorrelation.Spearman(iq, hours), 12);
    }

    [Fact]
    public void Ties_share_their_mean_rank_a_constant_has_no_rank_correlation_and_unequal_lists_are_refused()
    {
        // scipy.stats.spearmanr([1, 2, 2, 3], [1, 2, 3, 4]) = 0.9486832980505138.
        Assert.Equal(0.9486832980505138, RankCorrelation.Spearman([1, 2, 2, 3], [1, 2, 3, 4]), 12);
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 1], [1, 2])));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2], [1]));
    }

    [Fact]
    public void Score_tables_without_runs_or_with_other_tasks_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ScoreAggregates.Mean(new double[0, 3]));
        Assert.Throws<ArgumentException>(() => ScoreAggregates.ProbabilityOfImprovement(new double[2, 3], new double[2, 4]));
    }
}
