namespace ResearchKit.Evaluation;

/// <summary>
/// Aggregates of a table of scores, one row per run and one column per task, for ten and more runs (Agarwal et al.
/// 2021, "Deep RL at the edge of the statistical precipice"). Official code: google-research/rliable 3ccd9f4,
/// rliable/metrics.py and library.py.
/// </summary>
public static class ScoreAggregates
{
    /// <summary>The mean over tasks of each task's mean over runs.</summary>
    public static double Mean(double[,] scores) => TaskMeans(scores).Average();

    /// <summary>The median over tasks of each task's mean over runs; the middle two are averaged.</summary>
    public static double Median(double[,] scores)
    {
        var means = TaskMeans(scores).Order().ToArray();
        return (means[(means.Length - 1) / 2] + means[means.Length / 2]) / 2;
    }

    /// <summary>The interquartile mean over all runs and tasks together.</summary>
    public static double InterquartileMean(double[,] scores) => Evaluation.InterquartileMean.Of([.. All(scores)]);

    /// <summary>How far the scores fall short of a wanted one on average: γ − mean(min(score, γ)); lower is better.</summary>
    /// <param name="scores">[runs, tasks].</param>
    /// <param name="gamma">γ, the wanted score.</param>
    public static double OptimalityGap(double[,] scores, double gamma = 1) => gamma - All(scores).Select(score => Math.Min(score, gamma)).Average();

    /// <summary>P(X &gt; Y) for a random task and a random run of each, ties counting half, averaged over tasks.</summary>
    /// <param name="x">[runs, tasks] of the first method.</param>
    /// <param name="y">[runs', tasks] of the second, same tasks.</param>
    public static double ProbabilityOfImprovement(double[,] x, double[,] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        if (x.GetLength(1) != y.GetLength(1)) throw new ArgumentException($"x has {x.GetLength(1)} tasks, y has {y.GetLength(1)}", nameof(y));
        var wins = 0.0;
        for (var task = 0; task < x.GetLength(1); task++)
        {
            foreach (var a in Column(x, task))
            {
                foreach (var b in Column(y, task)) wins += a > b ? 1 : a.Equals(b) ? 0.5 : 0;
            }
        }
        return wins / ((double)x.GetLength(0) * y.GetLength(0) * x.GetLength(1));
    }

    /// <summary>The performance profile over runs: the share of all scores above τ.</summary>
    public static double ShareOfRunsAbove(double[,] scores, double tau) => All(scores).Average(score => score > tau ? 1.0 : 0.0);

    /// <summary>The profile over tasks: the share of tasks whose mean over runs lies above τ.</summary>
    public static double ShareOfTasksAbove(double[,] scores, double tau) => TaskMeans(scores).Average(mean => mean > tau ? 1.0 : 0.0);

    private static double[] TaskMeans(double[,] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        if (scores.Length == 0) throw new ArgumentException("a table of scores needs at least one run and one task", nameof(scores));
        return [.. Enumerable.Range(0, scores.GetLength(1)).Select(task => Column(scores, task).Average())];
    }

    private static IEnumerable<double> All(double[,] scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Cast<double>();
    }

    private static IEnumerable<double> Column(double[,] scores, int task) => Enumerable.Range(0, scores.GetLength(0)).Select(run => scores[run, task]);
}
