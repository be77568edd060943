using System.Globalization;
using System.Text;

namespace ResearchKit.Figures;

/// <summary>A figure in words, for a terminal, a diff and a screen reader.</summary>
internal static class FigureText
{
    internal static string Of(Figure figure)
    {
        var text = new StringBuilder($"Figure: {figure.Title}\n");
        foreach (var plot in figure.Plots)
        {
            if (figure.Plots.Count > 1) text.Append(CultureInfo.InvariantCulture, $"[{plot.Title}]\n");
            text.Append(CultureInfo.InvariantCulture, $"  {Axes(plot)}\n");
            foreach (var line in Lines(plot)) text.Append(CultureInfo.InvariantCulture, $"  {line}\n");
        }
        return text.ToString().TrimEnd('\n');
    }

    internal static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("G4", CultureInfo.InvariantCulture);

    internal static string Short(double value) => double.IsNaN(value) ? "" : value.ToString("G3", CultureInfo.InvariantCulture);

    private static string Axes(Plot plot) => plot is BarsPlot && plot.X.Title.Length == 0
        ? $"bars: {plot.Y.Label()}"
        : $"x: {Axis(plot.X)}; y: {Axis(plot.Y)}";

    private static string Axis(Axis axis) => axis.Log ? axis.Label() + ", log scale" : axis.Label();

    private static IEnumerable<string> Lines(Plot plot) => plot switch
    {
        CurvesPlot curves => curves.Curves.Select(c => $"{c.Name}: {Points(c.X, c.Y, c.Low, c.High)}"),
        ScatterPlot scatter => [
            .. scatter.Points.Select(c => $"{c.Name}: {Points(c.X, c.Y, null, null)}"),
            .. scatter.Lines.Select(c => $"line {c.Name}: {Points(c.X, c.Y, null, null)}")],
        BarsPlot bars => bars.Bars.Select(b => $"{(b.Group is null ? "" : b.Group + " / ")}{b.Name}: {Number(b.Value)}{Range(b.Low, b.High)}"),
        HistogramPlot histogram => histogram.Samples.Select(s => Peak(histogram.Edges, s)),
        HeatMapPlot map => Cells(map),
        ReliabilityPlot reliability => reliability.Curves.Select(c => $"{c.Name}: {c.Counts.Sum()} answers, {Points(c.Confidence, c.Accuracy, c.Low, c.High)}"),
        _ => [],
    };

    private static string Points(double[] x, double[] y, double[]? low, double[]? high)
    {
        string At(int i) => $"({Number(x[i])}, {Number(y[i])}{Range(low?[i], high?[i])})";
        var seen = Enumerable.Range(0, x.Length).Where(i => double.IsFinite(y[i])).ToArray();
        return seen.Length switch
        {
            0 => "no points",
            1 => $"1 point {At(seen[0])}",
            <= 4 => $"{seen.Length} points {string.Join(" ", seen.Select(At))}",
            _ => $"{seen.Length} points {At(seen[0])} {At(seen[seen.Length / 2])} ... {At(seen[^1])}; "
                + $"y from {Number(seen.Min(i => y[i]))} to {Number(seen.Max(i => y[i]))}",
        };
    }

    private static string Range(double? low, double? high) =>
        low is { } l && high is { } h && double.IsFinite(l) && double.IsFinite(h) ? $" [{Number(l)}, {Number(h)}]" : "";

    private static string Peak(double[] edges, BinnedSample sample)
    {
        var top = Array.IndexOf(sample.Shares, sample.Shares.Max());
        return $"{sample.Name}: {sample.Count} values, most ({Number(sample.Shares[top])} of them) in [{Number(edges[top])}, {Number(edges[top + 1])})";
    }

    private static IEnumerable<string> Cells(HeatMapPlot map)
    {
        yield return $"{map.YLabels.Count} rows x {map.XLabels.Count} columns: {string.Join(", ", map.XLabels)}";
        for (var row = 0; row < map.YLabels.Count; row++)
        {
            yield return $"{map.YLabels[row]}: {string.Join(", ", (map.CellText?[row] ?? map.Values[row].Select(Number)).Select(cell => cell.Length == 0 ? "-" : cell))}";
        }
    }
}
