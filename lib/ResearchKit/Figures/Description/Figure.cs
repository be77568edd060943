namespace ResearchKit.Figures;

/// <summary>What a figure shows: data and words, no drawing. Made by <c>Chart</c>.</summary>
/// <param name="Title">The figure's title.</param>
/// <param name="Plots">One plot, or the panels row by row.</param>
/// <param name="Columns">Panels per row.</param>
public sealed record Figure(string Title, IReadOnlyList<Plot> Plots, int Columns)
{
    /// <summary>How many series colours there are.</summary>
    internal const int MostColours = 8;

    /// <summary>The style's number of each name (see <c>SeriesStyles</c>); null numbers the names as they come.</summary>
    public IReadOnlyDictionary<string, int>? Styles { get; init; }

    /// <summary>The names that a style tells apart, in order, each once.</summary>
    internal IReadOnlyList<string> SeriesNames() => [.. Plots.SelectMany(plot => plot.SeriesNames()).Distinct()];

    /// <summary>The figure in words: title, axes, what is drawn with a few of its numbers.</summary>
    public override string ToString() => FigureText.Of(this);
}
