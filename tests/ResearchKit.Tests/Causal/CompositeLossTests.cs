using ResearchKit.Causal;
using ResearchKit.Tests.Preference;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Causal;

public sealed class CompositeLossTests
{
    [Fact]
    public void It_is_the_sum_over_ordered_pairs_plus_lambda_ties_per_ordered_pair()
    {
        using var scope = NewDisposeScope();
        double Ordered(double d) => Math.Log(1 + Math.Exp(-d));
        double Tied(double d) => (Ordered(d) + Ordered(-d)) / 2;

        var loss = CompositeLoss.Compute(Vectors.Of(0.7, -1.2, 2, -0.4), Vectors.Of(1, 1, 0.5, 0.5), tieWeight: 0.3).item<double>();

        Assert.Equal((Ordered(0.7) + Ordered(-1.2) + 0.3 * (Tied(2) + Tied(-0.4))) / 2, loss, 12);
    }

    [Fact]
    public void The_tie_term_pulls_tied_scores_together()
    {
        using var scope = NewDisposeScope();
        var margin = Vectors.Of(1, 2).requires_grad_(true);

        CompositeLoss.Compute(margin, Vectors.Of(1, 0.5)).backward();

        // Down the gradient, the ordered margin grows and the tied one shrinks: the sign that a summary of the paper has wrong.
        Assert.True(margin.grad![0].item<double>() < 0);
        Assert.True(margin.grad![1].item<double>() > 0);
    }

    [Fact]
    public void Without_ties_lambda_says_nothing_and_without_ordered_pairs_there_is_no_loss()
    {
        using var scope = NewDisposeScope();
        Tensor margin = Vectors.Of(0.3, -2), label = Vectors.Of(1, 1);

        Assert.Equal(CompositeLoss.Compute(margin, label).item<double>(), CompositeLoss.Compute(margin, label, tieWeight: 9).item<double>());
        Assert.Contains("no pair is ordered", Assert.Throws<ArgumentException>(() => CompositeLoss.Compute(margin, full_like(label, 0.5))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => CompositeLoss.Compute(margin, label, tieWeight: -1));
    }
}
