using MathNet.Numerics.LinearAlgebra;

namespace ResearchKit.Calibration;

/// <summary>Logistic regression on a handful of features, by Newton's method with halved steps.</summary>
internal static class LogisticFit
{
    private const double Tolerance = 1e-13; // of the loss, per Newton step: the next one would square what is left

    /// <summary>
    /// The weights w that minimise Σ softplus(w·x) − t w·x. The slopes, all but the last weight, must not be negative:
    /// the most negative is set to 0 and the rest fitted again, until none is.
    /// </summary>
    /// <param name="features">One row per answer; the last feature is the constant 1.</param>
    /// <param name="outcomes">Which answers were right.</param>
    internal static double[] Of(double[][] features, IReadOnlyList<bool> outcomes)
    {
        var targets = Targets(outcomes);
        var free = Enumerable.Range(0, features[0].Length).ToList();
        while (true)
        {
            var fitted = Newton(features.Select(row => free.Select(k => row[k]).ToArray()).ToArray(), targets);
            var weights = new double[features[0].Length];
            for (var i = 0; i < free.Count; i++) weights[free[i]] = fitted[i];
            var worst = Enumerable.Range(0, weights.Length - 1).MinBy(k => weights[k]);
            if (weights[worst] >= 0) return weights;
            free.Remove(worst);
        }
    }

    // Platt's smoothed targets: Laplace's rule for each class, so that separable data has a finite fit.
    private static double[] Targets(IReadOnlyList<bool> outcomes)
    {
        double right = outcomes.Count(y => y), wrong = outcomes.Count - right;
        return [.. outcomes.Select(y => y ? (right + 1) / (right + 2) : 1 / (wrong + 2))];
    }

    private static double[] Newton(double[][] rows, double[] targets)
    {
        var weights = new double[rows[0].Length];
        var loss = Loss(rows, targets, weights);
        for (var iteration = 0; iteration < 200; iteration++)
        {
            var (gradient, curvature) = Derivatives(rows, targets, weights);
            var step = curvature.Solve(Vector<double>.Build.Dense(gradient)).ToArray();
            var size = 1.0;
            double[] moved;
            double next;
            do
            {
                moved = [.. weights.Zip(step, (w, d) => w - size * d)];
                next = Loss(rows, targets, moved);
                size /= 2;
            }
            while (!(next <= loss) && size > 1e-12);
            if (!(next <= loss)) break;
            var gained = loss - next;
            (weights, loss) = (moved, next);
            if (gained <= Tolerance * loss) break;
        }
        return weights;
    }

    private static double Loss(double[][] rows, double[] targets, double[] weights) =>
        rows.Zip(targets, (row, t) => -LogOdds.LogProbability(-Dot(row, weights)) - t * Dot(row, weights)).Sum();

    private static (double[] Gradient, Matrix<double> Curvature) Derivatives(double[][] rows, double[] targets, double[] weights)
    {
        var k = weights.Length;
        var gradient = new double[k];
        // A trace of ridge keeps the matrix regular where a feature is constant.
        var curvature = Matrix<double>.Build.DenseDiagonal(k, 1e-9 * rows.Length);
        for (var n = 0; n < rows.Length; n++)
        {
            var p = LogOdds.Probability(Dot(rows[n], weights));
            for (var i = 0; i < k; i++)
            {
                gradient[i] += (p - targets[n]) * rows[n][i];
                for (var j = 0; j < k; j++) curvature[i, j] += p * (1 - p) * rows[n][i] * rows[n][j];
            }
        }
        return (gradient, curvature);
    }

    private static double Dot(double[] row, double[] weights)
    {
        var sum = 0.0;
        for (var i = 0; i < row.Length; i++) sum += row[i] * weights[i];
        return sum;
    }
}
