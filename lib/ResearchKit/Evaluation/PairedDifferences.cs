namespace ResearchKit.Evaluation;

/// <summary>Two arms that ran on the same seeds, compared seed by seed.</summary>
public sealed class PairedDifferences
{
    /// <summary>Treatment minus baseline of every seed.</summary>
    /// <param name="treatment">The treatment's metric, one value per seed.</param>
    /// <param name="baseline">The baseline's metric, same seeds in the same order.</param>
    /// <exception cref="ArgumentException">The arms have different or no seeds.</exception>
    public PairedDifferences(IReadOnlyList<double> treatment, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(treatment);
        ArgumentNullException.ThrowIfNull(baseline);
        if (treatment.Count != baseline.Count || treatment.Count == 0)
        {
            throw new ArgumentException($"{treatment.Count} treatment value(s) against {baseline.Count}; both arms need one value per seed, same seeds", nameof(baseline));
        }
        Values = [.. treatment.Zip(baseline, (t, b) => t - b)];
    }

    /// <summary>The differences, in the order of the seeds.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Their mean.</summary>
    public double Mean => Values.Average();

    /// <summary>Seeds on which the treatment is higher.</summary>
    public int Higher => Values.Count(value => value > 0);

    /// <summary>Seeds on which the treatment is lower.</summary>
    public int Lower => Values.Count(value => value < 0);

    /// <summary>The 95 % paired t interval of the mean.</summary>
    public Interval Interval => Intervals.PairedT(Values);
}
