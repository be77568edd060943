namespace ResearchKit.Figures;

/// <summary>What a figure shows: data and words, no drawing. Made by <c>Chart</c>.</summary>
/// <param name="Title">The figure's title.</param>
/// <param name="Plots">One plot, or the panels row by row.</param>
/// <param name="Columns">Panels per row.</param>
public sealed record Figure(string Title, IReadOnlyList<Plot> Plots, int Columns)
{
    /// <summary>The figure in words: title, axes, what is drawn with a few of its numbers.</summary>
    public override string ToString() => FigureText.Of(this);
}
