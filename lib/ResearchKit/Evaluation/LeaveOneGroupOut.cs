using MathNet.Numerics.LinearRegression;

namespace ResearchKit.Evaluation;

/// <summary>
/// Does a variable help to predict unseen runs? A linear regression is fitted without one group at a time (a run's
/// checkpoints, say, which are no independent points) and judged on that group.
/// </summary>
public static class LeaveOneGroupOut
{
    /// <summary>Root mean squared error over all points, each predicted by the fit that has not seen its group.</summary>
    /// <param name="features">One row per point, all of one length; the intercept is added here.</param>
    /// <param name="y">What is predicted, one per point.</param>
    /// <param name="groups">The group of each point; at least two groups.</param>
    /// <exception cref="ArgumentException">Lists do not fit, or without a group there are fewer points than coefficients.</exception>
    public static double Rmse<TGroup>(IReadOnlyList<double[]> features, IReadOnlyList<double> y, IReadOnlyList<TGroup> groups)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(groups);
        if (features.Count != y.Count || groups.Count != y.Count) throw new ArgumentException($"{features.Count} rows, {y.Count} values and {groups.Count} groups; one of each per point is expected", nameof(groups));
        var squares = 0.0;
        foreach (var left in groups.Distinct())
        {
            var kept = Enumerable.Range(0, y.Count).Where(i => !groups[i].Equals(left)).ToArray();
            if (kept.Length <= features[0].Length) throw new ArgumentException($"without group {left} there are {kept.Length} points for {features[0].Length + 1} coefficients", nameof(groups));
            var c = MultipleRegression.QR(kept.Select(i => features[i]).ToArray(), kept.Select(i => y[i]).ToArray(), intercept: true);
            for (var i = 0; i < y.Count; i++)
            {
                if (!groups[i].Equals(left)) continue;
                var residual = y[i] - c[0] - features[i].Select((f, j) => f * c[j + 1]).Sum();
                squares += residual * residual;
            }
        }
        return Math.Sqrt(squares / y.Count);
    }
}
