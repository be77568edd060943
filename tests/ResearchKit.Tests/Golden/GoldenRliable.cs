using ResearchKit.Evaluation;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Golden;

/// <summary>google-research/rliable: aggregates of a table of runs and tasks.</summary>
internal sealed class GoldenRliable : IGoldenFamily
{
    public string? Missing(GoldenCase item) => item.Routine == "rliable aggregate metrics" ? null : $"routine '{item.Routine}' has no implementation yet";

    public GoldenOutcome Run(GoldenCase item)
    {
        var (x, y) = (Table(item.Numbers("scores_x")), Table(item.Numbers("scores_y")));
        var taus = item.Parameter("taus").EnumerateArray().Select(tau => tau.GetDouble()).ToArray();
        var outputs = new Dictionary<string, Tensor>
        {
            ["mean"] = Scalar(ScoreAggregates.Mean(x)),
            ["median"] = Scalar(ScoreAggregates.Median(x)),
            ["iqm"] = Scalar(ScoreAggregates.InterquartileMean(x)),
            ["prob_improvement_x_over_y"] = Scalar(ScoreAggregates.ProbabilityOfImprovement(x, y)),
            ["run_score_deviation"] = tensor(taus.Select(tau => ScoreAggregates.ShareOfRunsAbove(x, tau)).ToArray()),
            ["mean_score_deviation"] = tensor(taus.Select(tau => ScoreAggregates.ShareOfTasksAbove(x, tau)).ToArray()),
        };
        foreach (var gamma in item.Parameter("gammas").EnumerateArray()) outputs[$"optimality_gap@{gamma.GetRawText()}"] = Scalar(ScoreAggregates.OptimalityGap(x, gamma.GetDouble()));
        return new(outputs);
    }

    private static Tensor Scalar(double value) => tensor(value, dtype: ScalarType.Float64);

    private static double[,] Table(GoldenNumbers numbers)
    {
        var table = new double[numbers.Shape[0], numbers.Shape[1]];
        for (var i = 0; i < numbers.Values.Length; i++) table[i / numbers.Shape[1], i % numbers.Shape[1]] = numbers.Values[i];
        return table;
    }
}
