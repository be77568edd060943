using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class LearningCurveTests
{
    [Fact]
    public void The_mean_height_is_the_area_over_the_width_also_on_uneven_steps()
    {
        Assert.Equal(7, LearningCurve.MeanHeight([0, 4, 10], [7, 7, 7]), 12);
        Assert.Equal((0.5 * 1 + 9 * 1) / 10, LearningCurve.MeanHeight([0, 1, 10], [0, 1, 1]), 12);
    }

    [Fact]
    public void Axes_that_do_not_rise_or_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LearningCurve.MeanHeight([0, 1], [1]));
        Assert.Throws<ArgumentException>(() => LearningCurve.MeanHeight([0], [1]));
        Assert.Contains("found 1 after 2 at place 2", Assert.Throws<ArgumentException>(() => LearningCurve.MeanHeight([0, 2, 1], [1, 1, 1])).Message, StringComparison.Ordinal);
    }
}
