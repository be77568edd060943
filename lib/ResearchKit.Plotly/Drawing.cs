using Plotly.NET;
using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>One figure on its way to Plotly: the traces and layout that its plots add to.</summary>
internal sealed class Drawing
{
    private readonly IReadOnlyDictionary<string, int> styles;
    private readonly HashSet<string> inLegend = [];
    private readonly List<object> annotations = [];
    private readonly List<object> shapes = [];

    internal Drawing(Figures.Figure figure)
    {
        var panels = figure.Plots.Count > 1;
        styles = figure.Styles ?? figure.SeriesNames().Index().ToDictionary(item => item.Item, item => item.Index);
        // Panels that share one diverging scale can be compared.
        LargestDiverging = figure.Plots.OfType<HeatMapPlot>().Where(map => map.Diverging)
            .SelectMany(map => map.Values).SelectMany(row => row).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(1).Max();
        // Bars without groups are named on their axis.
        var grid = new PanelGrid(figure, LegendRows([.. figure.Plots.Where(p => p is not BarsPlot { Bars: [{ Group: null }, ..] }).SelectMany(p => p.SeriesNames()).Distinct()]));
        for (var i = 0; i < figure.Plots.Count; i++)
        {
            var cell = grid.Cell(i);
            if (panels) annotations.Add(PanelTitle(figure.Plots[i].Title, cell));
            new PlotDrawing(this, cell).Draw(figure.Plots[i]);
        }
        // Plotly lifts a title by half a line for each further line.
        var titleLines = Words.Lines(figure.Title, PanelGrid.TitleLength).Count;
        Layout
            .With("title", Dyn.Of(("text", $"<b>{Words.Wrap(figure.Title, PanelGrid.TitleLength)}</b>"), ("x", 0.0), ("xref", "paper"), ("xanchor", "left"),
                ("y", 1.0), ("yref", "container"), ("yanchor", "top"), ("pad", Dyn.Of(("t", 2 + 8 * titleLines))), ("font", Dyn.Of(("size", 15)))))
            .With("width", Theme.Width)
            .With("height", grid.Height)
            .With("margin", Dyn.Of(("l", PanelGrid.Left), ("r", grid.Right), ("t", grid.Top), ("b", grid.Bottom), ("pad", 0)))
            .With("legend", Dyn.Of(("orientation", "h"), ("x", 0.0), ("xanchor", "left"), ("y", 1.0 + (double)grid.LegendGap / grid.PlotHeight),
                ("yanchor", "bottom"), ("font", Dyn.Of(("size", Theme.FontSize))), ("itemwidth", 40)))
            .With("showlegend", inLegend.Count > 0)
            .With("hovermode", "closest")
            .With("barmode", "group")
            .With("bargap", 0.28)
            .With("bargroupgap", 0.06);
        if (annotations.Count > 0) Layout.With("annotations", annotations);
        if (shapes.Count > 0) Layout.With("shapes", shapes);
    }

    internal List<Trace> Traces { get; } = [];

    internal Layout Layout { get; } = new();

    internal Config Config { get; } = new Config().With("responsive", true).With("displaylogo", false)
        .With("modeBarButtonsToRemove", new[] { "select2d", "lasso2d", "autoScale2d" });

    /// <summary>The largest absolute value of all diverging heat maps.</summary>
    internal double LargestDiverging { get; }

    /// <summary>The style's number of a name: the same in every panel; 0 for a name that no style tells apart.</summary>
    internal int Series(string name) => styles.GetValueOrDefault(name);

    /// <summary>True once per name, for the trace that stands in the legend.</summary>
    internal bool EnterLegend(string name) => inLegend.Add(name);

    internal void Annotate(object annotation) => annotations.Add(annotation);

    internal void Shape(object shape) => shapes.Add(shape);

    // Plotly gives the entries of a horizontal legend columns of one width, the widest entry's.
    private static int LegendRows(IReadOnlyList<string> names)
    {
        const int swatch = 60; // the line, and the gaps around it and after the name
        if (names.Count == 0) return 0;
        var entry = names.Max(Words.Width) + swatch;
        var perRow = names.Sum(s => Words.Width(s) + swatch) <= PanelGrid.Inner ? names.Count : Math.Max(1, PanelGrid.Inner / entry);
        return (names.Count + perRow - 1) / perRow;
    }

    private static DynamicObj.DynamicObj PanelTitle(string title, PanelCell cell) => Dyn.Of(
        ("text", Words.Wrap(title, cell.TitleLength)), ("x", cell.Left), ("y", cell.Top), ("xref", "paper"), ("yref", "paper"),
        ("xanchor", "left"), ("yanchor", "bottom"), ("yshift", 6), ("showarrow", false), ("align", "left"), ("font", Dyn.Of(("size", Theme.FontSize))));
}
