using ResearchKit.Evaluation;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Evaluation;

public sealed class CheckpointStatisticsTests
{
    [Fact]
    public void Distinct_ngrams_follow_the_formula()
    {
        int[][] outputs = [[1, 2, 3], [1, 2, 4], [5]];

        // Unigrams: N = 5 of C = 7, U = 10.
        Assert.Equal(5 / (10 * (1 - Math.Pow(0.9, 7))), DistinctNgrams.ExpectationAdjusted(outputs, 1, 10), 12);
        // Bigrams: 12, 23, 24 of C = 4.
        Assert.Equal(3 / (20 * (1 - Math.Pow(19 / 20.0, 4))), DistinctNgrams.ExpectationAdjusted(outputs, 2, 20), 12);
        Assert.Equal(double.NaN, DistinctNgrams.ExpectationAdjusted(outputs, 4, 20));
        Assert.Equal(
            (DistinctNgrams.ExpectationAdjusted(outputs, 1, 10) + DistinctNgrams.ExpectationAdjusted(outputs, 2, 20)) / 2,
            DistinctNgrams.MeanExpectationAdjusted(outputs, 2, n => 10 * n), 12);
    }

    [Fact]
    public void Random_outputs_have_an_adjusted_diversity_of_one_whatever_their_number()
    {
        var rng = new RandomStreams(1).Rng("tokens");
        foreach (var count in new[] { 50, 500, 5000 })
        {
            int[][] outputs = [.. Enumerable.Range(0, count).Select(_ => new[] { rng.Next(300) })];
            Assert.InRange(DistinctNgrams.ExpectationAdjusted(outputs, 1, 300), 0.9, 1.1);
        }
        Assert.Equal(1, DistinctNgrams.ExpectationAdjusted([[1, 2], [3, 4]], 2, 1e12), 9);
    }

    [Fact]
    public void The_win_probability_is_the_mean_logistic_of_paired_differences()
    {
        Assert.Equal(0.5, WinProbability.Mean([1, 2], [1, 2]), 12);
        Assert.Equal((1 / (1 + Math.Exp(-1)) + 1 / (1 + Math.Exp(3))) / 2, WinProbability.Mean([1, -1], [0, 2]), 12);
        Assert.Throws<ArgumentException>(() => WinProbability.Mean([1], [1, 2]));
    }

    [Fact]
    public void A_polynomial_fit_finds_its_polynomial_and_the_rmse_of_what_it_cannot_bend_to()
    {
        double[] x = [-2, -1, 0, 1, 2], y = [.. x.Select(v => 3 - 2 * v + 0.5 * v * v)];
        var parabola = PolynomialFit.Of(x, y, 2);

        Assert.Equal([3.0, -2, 0.5], parabola.Coefficients.Select(c => Math.Round(c, 9)));
        Assert.Equal(0, parabola.Rmse, 9);
        Assert.Equal(3 - 6 + 4.5, parabola.At(3), 9);
        // The line through a symmetric parabola is flat in its bend: residuals 0.5 (x² − 2).
        Assert.Equal(0.5 * Math.Sqrt((4 + 1 + 4 + 1 + 4) / 5.0), PolynomialFit.Of(x, y, 1).Rmse, 9);
        Assert.Throws<ArgumentException>(() => PolynomialFit.Of([1, 2], [1, 2], 2));
    }

    [Fact]
    public void Pearson_comes_with_the_p_value_of_Students_t()
    {
        // r = 29/35; with 4 degrees of freedom F(t) = 1/2 + 3/8 u (1 − u²/12), u = t / √(1 + t²/4).
        var result = PearsonCorrelation.Of([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 6, 5]);
        var t = result.R * Math.Sqrt(4 / (1 - result.R * result.R));
        var u = t / Math.Sqrt(1 + t * t / 4);
        Assert.Equal(29 / 35.0, result.R, 12);
        Assert.Equal(1 - 0.75 * u * (1 - u * u / 12), result.P, 9);
        Assert.Equal((1.0, 0.0), (PearsonCorrelation.Of([1, 2, 3], [2, 4, 6]).R, Math.Round(PearsonCorrelation.Of([1, 2, 3], [2, 4, 6]).P, 6)));
        Assert.True(double.IsNaN(PearsonCorrelation.Of([1, 1, 1], [1, 2, 3]).R));
    }

    [Fact]
    public void A_useless_variable_does_not_lower_the_error_on_unseen_groups_and_the_true_one_does()
    {
        var rng = new RandomStreams(2).Rng("points");
        var points = Enumerable.Range(0, 200).Select(i => (X: rng.NextNormal(), Noise: rng.NextNormal(), Group: i / 20)).ToArray();
        double[] y = [.. points.Select(p => 2 * p.X + 0.1 * rng.NextNormal())];
        double Error(Func<(double X, double Noise, int Group), double[]> of) =>
            LeaveOneGroupOut.Rmse([.. points.Select(of)], y, [.. points.Select(p => p.Group)]);

        Assert.InRange(Error(p => [p.X]), 0.08, 0.12);
        Assert.True(Error(p => [p.X, p.Noise]) > 0.98 * Error(p => [p.X]));
        Assert.InRange(Error(p => [p.Noise]), 1.7, 2.4);
    }

    [Fact]
    public void A_group_is_predicted_by_the_fit_that_has_not_seen_it()
    {
        // Two groups on different lines: each is predicted by the other's.
        double[][] x = [[0], [1], [2], [0], [1], [2]];
        double[] y = [0, 1, 2, 1, 2, 3];

        Assert.Equal(1, LeaveOneGroupOut.Rmse(x, y, ["a", "a", "a", "b", "b", "b"]), 9);
        Assert.Throws<ArgumentException>(() => LeaveOneGroupOut.Rmse(x, y, [1, 1, 1, 1, 1, 2]));
    }

    [Theory]
    [InlineData("a b", "a b", 1)]
    [InlineData("b a", "a b", 1)]
    [InlineData("a", "a b", 2 / 3.0)]
    [InlineData("a a", "a b", 0.5)]
    [InlineData("c", "a b", 0)]
    [InlineData("", "a", 0)]
    [InlineData("", "", 1)]
    public void Token_f1_counts_shared_words_as_bags(string answer, string truth, double expected)
    {
        static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(expected, TokenF1.Of(Words(answer), Words(truth)), 12);
    }
}
