namespace ResearchKit.Figures;

/// <summary>Bins of equal width over the range of several samples.</summary>
internal static class Bins
{
    internal static double[] Edges(string title, Axis x, IReadOnlyList<Sample> samples, int bins)
    {
        if (bins is < 1 or > 500) throw new FigureException($"figure '{title}': {bins} bins; 1 to 500 can be drawn.");
        foreach (var sample in samples)
        {
            if (!sample.Values.Any(double.IsFinite))
                throw new FigureException($"figure '{title}', sample '{sample.Name}': none of its {sample.Values.Length} values is finite.");
        }
        var all = samples.SelectMany(s => s.Values).Where(double.IsFinite).ToArray();
        var (low, high) = (x.Min ?? all.Min(), x.Max ?? all.Max());
        if (high <= low) (low, high) = (low - 0.5, low + 0.5);
        return [.. Enumerable.Range(0, bins + 1).Select(i => low + (high - low) * i / bins)];
    }

    internal static BinnedSample Count(Sample sample, double[] edges)
    {
        var shares = new double[edges.Length - 1];
        var (low, width) = (edges[0], (edges[^1] - edges[0]) / shares.Length);
        var finite = sample.Values.Where(double.IsFinite).ToArray();
        foreach (var value in finite)
        {
            // What an axis' own limits leave out is gathered in the outer bins, so that shares stay shares of all.
            shares[Math.Clamp((int)Math.Floor((value - low) / width), 0, shares.Length - 1)] += 1.0 / finite.Length;
        }
        return new BinnedSample(sample.Name, shares, finite.Length);
    }
}
