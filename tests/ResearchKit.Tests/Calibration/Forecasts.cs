using ResearchKit.Calibration;
using ResearchKit.Runtime;

namespace ResearchKit.Tests.Calibration;

/// <summary>Sources of forecasts whose truth is known.</summary>
internal static class Forecasts
{
    /// <summary>Answers that are right with probability truth(q) when q is stated, q uniform on (0, 1).</summary>
    internal static (double[] Confidence, bool[] Correct) Draw(ulong seed, int count, Func<double, double> truth)
    {
        var rng = new Rng(seed);
        double[] confidence = [.. Enumerable.Range(0, count).Select(_ => rng.NextDouble())];
        return (confidence, [.. confidence.Select(q => rng.Chance(truth(q)))]);
    }

    /// <summary>Normal scores with outcomes of probability σ(truth(s)).</summary>
    internal static (double[] Scores, bool[] Outcomes) Scores(ulong seed, int count, double spread, Func<double, double> truth)
    {
        var rng = new Rng(seed);
        double[] scores = [.. Enumerable.Range(0, count).Select(_ => spread * rng.NextNormal())];
        return (scores, [.. scores.Select(s => rng.Chance(LogOdds.Probability(truth(s))))]);
    }

    internal static readonly (string Name, CalibratorFit Fit)[] Fits =
    [
        ("temperature", TemperatureCalibrator.Fit), ("Platt", PlattCalibrator.Fit), ("beta", BetaCalibrator.Fit),
        ("isotonic", IsotonicCalibrator.Fit), ("histogram", HistogramCalibrator.Fit),
    ];

    internal static double[] Plain(double[] scores) => [.. scores.Select(LogOdds.Probability)];
}
