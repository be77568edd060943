using MathNet.Numerics.Distributions;

namespace ResearchKit.Figures;

/// <summary>Curves over seeds: the mean at each point and the band of its 95 % Student t interval.</summary>
public static class SeedBand
{
    /// <summary>One curve from one series per seed, all on the same abscissas.</summary>
    /// <param name="name">The curve's name.</param>
    /// <param name="x">Abscissas.</param>
    /// <param name="seeds">Per seed, the ordinates; values that are not finite leave that seed out at that point.</param>
    /// <returns>The mean, with Low and High where two seeds or more have a value.</returns>
    /// <exception cref="FigureException">There is no seed, or a seed's series is not as long as the abscissas.</exception>
    public static Curve Curve(string name, IReadOnlyList<double> x, IReadOnlyList<IReadOnlyList<double>> seeds)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(seeds);
        if (seeds.Count == 0) throw new FigureException($"curve '{name}': no seed's series is given.");
        for (var s = 0; s < seeds.Count; s++)
        {
            if (seeds[s].Count != x.Count)
                throw new FigureException($"curve '{name}', seed {s + 1}: {seeds[s].Count} values for {x.Count} abscissas.");
        }
        var points = Enumerable.Range(0, x.Count).Select(i => At([.. seeds.Select(s => s[i]).Where(double.IsFinite)])).ToArray();
        double[] mean = [.. points.Select(p => p.Mean)];
        return seeds.Count == 1
            ? new Curve(name, [.. x], mean)
            : new Curve(name, [.. x], mean, [.. points.Select(p => p.Mean - p.Half)], [.. points.Select(p => p.Mean + p.Half)]);
    }

    // Standard error from n-1 degrees of freedom; a single value has a mean and no interval.
    private static (double Mean, double Half) At(double[] values)
    {
        if (values.Length == 0) return (double.NaN, double.NaN);
        var mean = values.Average();
        if (values.Length == 1) return (mean, double.NaN);
        var variance = values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
        return (mean, StudentT.InvCDF(0, 1, values.Length - 1, 0.975) * Math.Sqrt(variance / values.Length));
    }
}
