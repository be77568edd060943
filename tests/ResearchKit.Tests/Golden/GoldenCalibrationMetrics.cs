using ResearchKit.Calibration;
using ResearchKit.Evaluation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>SeanLeng1/Reward-Calibration and netcal: metrics of stated confidence.</summary>
internal sealed class GoldenCalibrationMetrics : IGoldenFamily
{
    public string? Missing(GoldenCase item) => null;

    public GoldenOutcome Run(GoldenCase item)
    {
        var confidence = item.Numbers("confidence").Values;
        bool[] correct = [.. item.Numbers("correct").Values.Select(value => value == 1)];
        var values = item.Routine == "compute_conf_metrics" ? Report(confidence, correct) : Netcal(confidence, correct, (int)item.Number("bins"));
        return new(values.ToDictionary(value => value.Key, value => tensor(value.Value, dtype: ScalarType.Float64)));
    }

    private static Dictionary<string, double> Report(double[] confidence, bool[] correct)
    {
        double[] outcomes = [.. correct.Select(right => right ? 1.0 : 0)];
        double[] Of(bool right, double sign) => [.. confidence.Zip(correct).Where(x => x.Second == right).Select(x => sign * x.First)];
        var report = ConfidenceReport.Of(confidence, correct);
        var values = new Dictionary<string, double>
        {
            ["accuracy"] = report.Accuracy,
            ["roc_auc"] = report.Auc,
            ["auprc_positive"] = AveragePrecision.Of(Of(true, 1), Of(false, 1)),
            ["auprc_negative"] = AveragePrecision.Of(Of(false, -1), Of(true, -1)),
            ["ece"] = report.ExpectedError,
            ["mpce"] = CalibrationError.OnWrongAnswers(confidence, correct),
            ["brier_score"] = report.Brier,
            ["pearson_correlation"] = PearsonCorrelation.Of(outcomes, confidence).R,
            ["spearman_correlation"] = RankCorrelation.Spearman(outcomes, confidence),
        };
        // The paper's script rounds what it stores.
        foreach (var (name, value) in values.ToArray()) values[$"{name}_rounded4"] = Math.Round(value, 4);
        return values;
    }

    private static Dictionary<string, double> Netcal(double[] confidence, bool[] correct, int bins)
    {
        var (width, mass) = (ReliabilityBins.EqualWidth(confidence, correct, bins), ReliabilityBins.EqualMass(confidence, correct, bins));
        return new()
        {
            ["ece_width"] = CalibrationError.Expected(confidence, correct, bins),
            ["ece_mass"] = CalibrationError.Adaptive(confidence, correct, bins),
            ["ace_width"] = CalibrationError.Average(width),
            ["ace_mass"] = CalibrationError.Average(mass),
            ["mce_width"] = CalibrationError.Maximum(width),
            ["mce_mass"] = CalibrationError.Maximum(mass),
        };
    }
}
