using ResearchKit.Calibration;

namespace ResearchKit.Evaluation;

/// <summary>The numbers that a table of stated confidence shows, of one set of answers.</summary>
/// <param name="Answers">How many answers there are.</param>
/// <param name="Accuracy">The share of right ones.</param>
/// <param name="MeanConfidence">The mean stated confidence, 0 to 1.</param>
/// <param name="ExpectedError">Expected calibration error over ten bins of equal width.</param>
/// <param name="Brier">The Brier score.</param>
/// <param name="Auc">The chance that a right answer has the higher confidence than a wrong one; NaN where all are right or all wrong.</param>
public sealed record ConfidenceReport(int Answers, double Accuracy, double MeanConfidence, double ExpectedError, double Brier, double Auc)
{
    /// <summary>Measures a set of answers.</summary>
    /// <param name="confidence">Stated confidences, each 0 to 1.</param>
    /// <param name="correct">Which answers were right, in the same order.</param>
    public static ConfidenceReport Of(IReadOnlyList<double> confidence, IReadOnlyList<bool> correct)
    {
        var error = CalibrationError.Expected(confidence, correct);
        double[] Of(bool right) => [.. confidence.Zip(correct).Where(x => x.Second == right).Select(x => x.First)];
        var (rightly, wrongly) = (Of(true), Of(false));
        return new ConfidenceReport(
            confidence.Count, (double)rightly.Length / confidence.Count, confidence.Average(), error, BrierScore.Of(confidence, correct),
            rightly.Length == 0 || wrongly.Length == 0 ? double.NaN : RankAuc.Of(rightly, wrongly));
    }
}
