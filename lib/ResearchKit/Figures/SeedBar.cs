using ResearchKit.Evaluation;

namespace ResearchKit.Figures;

/// <summary>A bar over seeds: the mean and its 95 % Student t interval.</summary>
public static class SeedBar
{
    /// <summary>One bar from one value per seed; of a single value there is no interval.</summary>
    /// <param name="name">What is measured, as in <see cref="Bar"/>.</param>
    /// <param name="seeds">One finite value per seed.</param>
    /// <param name="group">The place on the axis that it shares with other names, or null.</param>
    public static Bar Of(string name, IReadOnlyList<double> seeds, string? group = null)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        var interval = Intervals.T(seeds);
        return seeds.Count == 1 ? new Bar(name, seeds[0], Group: group) : new Bar(name, seeds.Average(), interval.Low, interval.High, group);
    }
}
