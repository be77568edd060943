using ResearchKit.Evaluation;

namespace ResearchKit.Tests.Evaluation;

public sealed class ConfidenceReportTests
{
    [Fact]
    public void A_hand_written_example()
    {
        var report = ConfidenceReport.Of([.2, .8, .8, 1], [false, true, false, true]);

        Assert.Equal((4, 0.5, 0.7), (report.Answers, report.Accuracy, Math.Round(report.MeanConfidence, 12)));
        Assert.Equal((0.04 + 0.04 + 0.64) / 4, report.Brier, 12);
        Assert.Equal((1 + 0.5 + 1 + 1) / 4, report.Auc, 12); // .8 and 1 against .2 and .8
        Assert.Equal(0.25 * 0.2 + 0.5 * 0.3, report.ExpectedError, 12);
    }

    [Fact]
    public void Without_a_wrong_answer_nothing_can_be_told_apart() => Assert.Equal(double.NaN, ConfidenceReport.Of([.2, .9], [true, true]).Auc);

    [Fact]
    public void Average_precision_of_a_perfect_a_reversed_and_a_tied_ranking()
    {
        Assert.Equal(1, AveragePrecision.Of([3, 4], [1, 2]), 12);
        Assert.Equal((1 / 3.0 + 2 / 4.0) / 2, AveragePrecision.Of([1, 2], [3, 4]), 12);
        Assert.Equal(0.4, AveragePrecision.Of([5, 5], [5, 5, 5]), 12);
        Assert.Throws<ArgumentException>(() => AveragePrecision.Of([], [1]));
    }
}
