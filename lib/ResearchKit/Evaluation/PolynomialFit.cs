using MathNet.Numerics;

namespace ResearchKit.Evaluation;

/// <summary>A polynomial through points by least squares.</summary>
/// <param name="Coefficients">c_0 .. c_degree of c_0 + c_1 x + c_2 x² ...</param>
/// <param name="Rmse">Root of the mean squared residual over the points fitted, in the unit of y.</param>
public sealed record PolynomialFit(IReadOnlyList<double> Coefficients, double Rmse)
{
    /// <summary>Fits the points.</summary>
    /// <param name="x">Abscissas, more than <paramref name="degree"/> of them.</param>
    /// <param name="y">Ordinates, as many.</param>
    /// <param name="degree">0 or more.</param>
    /// <exception cref="ArgumentException">Too few points, or lists of different length.</exception>
    public static PolynomialFit Of(IReadOnlyList<double> x, IReadOnlyList<double> y, int degree)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentOutOfRangeException.ThrowIfNegative(degree);
        if (x.Count != y.Count || x.Count <= degree)
            throw new ArgumentException($"degree {degree} needs at least {degree + 1} points with an x and a y each; found {x.Count} and {y.Count}", nameof(y));
        var coefficients = Fit.Polynomial([.. x], [.. y], degree);
        var residuals = x.Zip(y, (a, b) => b - Polynomial.Evaluate(a, coefficients));
        return new PolynomialFit(coefficients, Math.Sqrt(residuals.Average(r => r * r)));
    }

    /// <summary>The polynomial's value.</summary>
    public double At(double x) => Polynomial.Evaluate(x, [.. Coefficients]);
}
