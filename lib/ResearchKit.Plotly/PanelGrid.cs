using ResearchKit.Figures;

namespace ResearchKit.Plotly;

/// <summary>Where a panel lies, in shares of the area inside the margins, the number of its axes, and its width in pixels.</summary>
internal sealed record PanelCell(int Index, double Left, double Right, double Low, double Top, int TitleLength, int Width)
{
    internal string XRef => Index == 0 ? "x" : $"x{Index + 1}";

    internal string YRef => Index == 0 ? "y" : $"y{Index + 1}";
}

/// <summary>
/// Places panels by pixels at notebook width, so that titles, tick labels, axis titles and the legend each have room
/// of their own.
/// </summary>
internal sealed class PanelGrid
{
    internal const int Left = 72, TitleLength = 60, Inner = Theme.Width - Left - 24;
    private const int LegendRow = 26, TitleLine = 22, UnderAxis = 58, PanelTitleLine = 18;

    private readonly Figure figure;
    private readonly int[] heights, roomBelow;
    private readonly int columnGap, panelTitle;
    private readonly double cellWidth;

    internal PanelGrid(Figure figure, int legendRows)
    {
        this.figure = figure;
        var panels = figure.Plots.Count > 1;
        var wide = figure.Columns == 1;
        heights = [.. figure.Plots.Chunk(figure.Columns).Select(row => row.Max(p => PlotHeightOf(p, panels, wide)))];
        // A heat map's colour bar stands in the gap to its right, long row names and axis titles in the gap to its left.
        columnGap = 74 + figure.Plots.Where((_, i) => !InLastColumn(i)).Select(ColourBarRoom).DefaultIfEmpty(0).Max()
            + figure.Plots.Where((_, i) => i % figure.Columns != 0).Select(RowNameRoom).DefaultIfEmpty(0).Max();
        Right = 24 + figure.Plots.Where((_, i) => InLastColumn(i)).Select(ColourBarRoom).DefaultIfEmpty(0).Max();
        cellWidth = (Theme.Width - Left - Right - (figure.Columns - 1) * columnGap) / (double)figure.Columns;
        roomBelow = [.. figure.Plots.Chunk(figure.Columns).Select(row => UnderAxis + row.Max(LabelRoom))];
        var longest = panels ? figure.Plots.Max(p => Words.Lines(p.Title, TitleCharacters).Count) : 0;
        panelTitle = longest == 0 ? 0 : longest * PanelTitleLine + 8;
        LegendGap = 8 + panelTitle;
        Top = 18 + Words.Lines(figure.Title, TitleLength).Count * TitleLine + legendRows * LegendRow + LegendGap;
        PlotHeight = Above(heights.Length - 1) + heights[^1];
    }

    internal int Right { get; }

    internal int Top { get; }

    /// <summary>Room under the last row, for tick labels and the axis title.</summary>
    internal int Bottom => roomBelow[^1];

    internal int LegendGap { get; }

    internal int PlotHeight { get; }

    internal int Height => Top + PlotHeight + Bottom;

    private int TitleCharacters => Math.Max(16, (int)(((double)Inner / figure.Columns - 40) / 6.8));

    internal PanelCell Cell(int index)
    {
        var (row, column) = (index / figure.Columns, index % figure.Columns);
        var width = (double)(Theme.Width - Left - Right);
        var left = column * (cellWidth + columnGap) / width;
        var above = Above(row);
        return new PanelCell(
            index, left, Math.Min(1, left + cellWidth / width),
            Math.Max(0, 1 - (double)(above + heights[row]) / PlotHeight), 1 - (double)above / PlotHeight, TitleCharacters, (int)cellWidth);
    }

    private static int PlotHeightOf(Plot plot, bool panels, bool wide) => plot switch
    {
        HeatMapPlot map => Math.Clamp(map.YLabels.Count * 34, panels && !wide ? 200 : 80, 620),
        ReliabilityPlot => panels ? 330 : 400,
        _ => panels ? (wide ? 210 : 250) : 310,
    };

    private int Above(int row) => heights.Take(row).Sum() + roomBelow.Take(row).Sum() + row * panelTitle;

    private int LabelRoom(Plot plot) => plot switch
    {
        BarsPlot bars => new PlaceLabels(bars.Bars.Select(b => b.Group ?? b.Name).Distinct(), (int)cellWidth).ExtraHeight,
        HeatMapPlot map => new PlaceLabels(map.XLabels, (int)cellWidth).ExtraHeight,
        _ => 0,
    };

    private bool InLastColumn(int index) => (index + 1) % figure.Columns == 0;

    private static int ColourBarRoom(Plot plot) => plot is HeatMapPlot ? 62 : 0;

    private static int RowNameRoom(Plot plot) =>
        (Words.Lines(plot.Y.Label(), AxisObject.VerticalTitleLength).Count - 1) * 17
        + (plot is HeatMapPlot map ? Math.Max(0, map.YLabels.Max(Words.Width) - 30) : 0);
}
