namespace ResearchKit.Figures;

/// <summary>
/// Keeps each name's style (colour, dash, marker) over all figures of a notebook: an arm looks the same in the last
/// figure as in the first. A name takes the first style that no other name of its figure has, and keeps it.
/// </summary>
public sealed class SeriesStyles
{
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>The figure with the styles of its names; the same figure again gets the same ones.</summary>
    public Figure Apply(Figure figure)
    {
        ArgumentNullException.ThrowIfNull(figure);
        lock (gate)
        {
            var styles = new Dictionary<string, int>(StringComparer.Ordinal);
            var names = figure.SeriesNames();
            foreach (var name in names)
            {
                // Two names that met in no figure before may have one style: the second gives way in this figure.
                if (known.TryGetValue(name, out var style) && !styles.ContainsValue(style)) styles[name] = style;
            }
            var free = Enumerable.Range(0, int.MaxValue).Where(style => !styles.ContainsValue(style));
            foreach (var name in names.Where(name => !styles.ContainsKey(name)))
            {
                styles[name] = free.First();
                known.TryAdd(name, styles[name]);
            }
            return figure with { Styles = styles };
        }
    }
}
