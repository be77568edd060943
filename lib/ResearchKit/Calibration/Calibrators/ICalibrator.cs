namespace ResearchKit.Calibration;

/// <summary>
/// A fitted map from scores to probabilities of being right. Scores are log-odds, so that the map of σ alone is "not
/// calibrated": a reward margin under Bradley-Terry, or <see cref="LogOdds.Of"/> of a stated probability. Every calibrator
/// here is monotone: a higher score never gets a lower probability, so a ranking is kept, but for ties.
/// </summary>
public interface ICalibrator
{
    /// <summary>The probability, 0 to 1, that an answer with this score is right.</summary>
    /// <param name="score">A finite score.</param>
    double Apply(double score);
}

/// <summary>Fits a calibrator: the common form of all Fit methods here.</summary>
/// <param name="scores">Finite scores, at least one.</param>
/// <param name="outcomes">Which answers were right, in the same order.</param>
public delegate ICalibrator CalibratorFit(IReadOnlyList<double> scores, IReadOnlyList<bool> outcomes);

/// <summary>What all calibrators share.</summary>
public static class Calibrators
{
    /// <summary>The probabilities of many scores.</summary>
    public static double[] Apply(this ICalibrator calibrator, IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(calibrator);
        ArgumentNullException.ThrowIfNull(scores);
        return [.. scores.Select(calibrator.Apply)];
    }
}
