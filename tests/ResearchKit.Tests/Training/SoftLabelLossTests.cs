using ResearchKit.Reward;
using ResearchKit.Tests.Preference;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

public sealed class SoftLabelLossTests
{
    [Fact]
    public void Label_one_is_Bradley_Terry_and_a_tie_is_least_at_equal_scores()
    {
        using var scope = NewDisposeScope();
        var margin = Vectors.Of(-3, -0.5, 0, 2, 7);

        Vectors.AssertClose([SoftLabelLoss.Compute(margin, ones_like(margin)).Values()], [BradleyTerryLoss.Compute(margin, zeros_like(margin)).Values()], 1e-12);
        var tied = SoftLabelLoss.Compute(margin, full_like(margin, 0.5)).Values();
        Assert.Equal(Math.Log(2), tied[2], 12);
        Assert.All(tied, loss => Assert.True(loss >= Math.Log(2)));
    }

    [Fact]
    public void The_slope_of_a_tie_is_bounded_by_one_half_and_extreme_margins_stay_finite()
    {
        using var scope = NewDisposeScope();
        var margin = Vectors.Of(-1000, -1, 0, 1, 1000).requires_grad_(true);

        SoftLabelLoss.Compute(margin, full_like(margin, 0.5)).sum().backward();

        // σ(Δ) − ½
        Vectors.AssertClose([margin.grad!.Values()], [[-0.5, 1 / (1 + Math.E) - 0.5, 0, Math.E / (1 + Math.E) - 0.5, 0.5]], 1e-9);
    }

    [Fact]
    public void Shapes_that_would_broadcast_are_refused() =>
        Assert.Contains("label has shape [3,1], margin has [3]", Assert.Throws<ArgumentException>(() => SoftLabelLoss.Compute(zeros(3), zeros(3, 1))).Message, StringComparison.Ordinal);
}
