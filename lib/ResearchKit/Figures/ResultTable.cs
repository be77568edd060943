using System.Net;
using System.Text;
using Microsoft.Data.Analysis;

namespace ResearchKit.Figures;

/// <summary>A table of results beside the paper's: title, columns, rows of cells, and a note that says where the paper's numbers stand.</summary>
public sealed class ResultTable
{
    /// <summary>Creates the table.</summary>
    /// <param name="title">The title.</param>
    /// <param name="columns">The columns' names; those of the paper's numbers say so.</param>
    /// <param name="rows">Rows of as many cells as there are columns.</param>
    /// <param name="source">Where the paper's numbers are from ("Table 2 of the paper"); may be empty.</param>
    /// <exception cref="FigureException">A row's length is not the number of columns.</exception>
    public ResultTable(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(source);
        if (columns.Count == 0) throw new FigureException($"table '{title}' has no columns.");
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows[i].Count != columns.Count)
                throw new FigureException($"table '{title}', row {i + 1}: {rows[i].Count} cells for {columns.Count} columns ({string.Join(", ", columns)}).");
        }
        (Title, Columns, Source) = (title, [.. columns], source);
        Rows = [.. rows.Select(r => (IReadOnlyList<string>)[.. r])];
    }

    /// <summary>A table with a row for each item.</summary>
    /// <param name="title">The title.</param>
    /// <param name="items">The rows' items.</param>
    /// <param name="source">Where the numbers are from; may be empty.</param>
    /// <param name="columns">Each column's name and what it says of an item.</param>
    public static ResultTable From<T>(string title, IEnumerable<T> items, string source, params (string Name, Func<T, string> Cell)[] columns) =>
        new(title, [.. columns.Select(column => column.Name)], [.. items.Select(item => columns.Select(column => column.Cell(item)).ToArray())], source);

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The rows' cells.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; }

    /// <summary>Where the paper's numbers are from; may be empty.</summary>
    public string Source { get; }

    /// <summary>The table as a DataFrame of string columns; a column whose name repeats gets its number behind it.</summary>
    public DataFrame ToDataFrame()
    {
        var names = Columns.Select((name, i) => Columns.Take(i).Contains(name) ? $"{name} ({i + 1})" : name).ToArray();
        return new DataFrame(names.Select((name, c) => (DataFrameColumn)new StringDataFrameColumn(name, Rows.Select(r => r[c]))));
    }

    /// <summary>The table in aligned plain text, its first 50 rows; columns of numbers stand to the right.</summary>
    public override string ToString()
    {
        var widths = Columns.Select((c, i) => Math.Max(c.Length, Shown.Select(r => r[i].Length).DefaultIfEmpty(0).Max())).ToArray();
        var text = new StringBuilder(Title).Append('\n');
        text.Append(Line(Columns, widths)).Append('\n').Append(string.Join("  ", widths.Select(w => new string('-', w)))).Append('\n');
        foreach (var row in Shown) text.Append(Line(row, widths)).Append('\n');
        if (RowsNote is { } note) text.Append(note).Append('\n');
        if (Source.Length > 0) text.Append("Source: ").Append(Source).Append('\n');
        return text.ToString().TrimEnd('\n');
    }

    /// <summary>The table as HTML, its first 50 rows, that takes the page's own colours.</summary>
    public string ToHtml()
    {
        var html = new StringBuilder("<table class=\"researchkit-table\" style=\"border-collapse:collapse;margin:0.4em 0\">");
        html.Append(Html.Element("caption", Title, "text-align:left;font-weight:600;padding:0 0 0.4em 0;caption-side:top")).Append("<thead><tr>");
        for (var c = 0; c < Columns.Count; c++) html.Append(Html.Element("th", Columns[c], $"{Html.HeadCell};text-align:{Side(c)}"));
        html.Append("</tr></thead><tbody>");
        foreach (var row in Shown)
        {
            html.Append("<tr>");
            for (var c = 0; c < Columns.Count; c++) html.Append(Html.Element("td", row[c], $"{Html.Cell};text-align:{Side(c)}{(row[c].Length <= 28 ? ";white-space:nowrap" : "")}"));
            html.Append("</tr>");
        }
        html.Append("</tbody></table>");
        if (RowsNote is { } note) html.Append(Html.Element("div", note, "font-size:90%"));
        if (Source.Length > 0) html.Append("<div style=\"font-size:90%;opacity:0.8\">Source: ").Append(WebUtility.HtmlEncode(Source)).Append("</div>");
        return html.ToString();
    }

    // What is shown is cut; the rows themselves stay whole, for the record and for ToDataFrame.
    private IEnumerable<IReadOnlyList<string>> Shown => Rows.Take(Shortened.Rows).Select(row => (IReadOnlyList<string>)[.. row.Select(Shortened.Text)]);

    private string? RowsNote => Shortened.Note(Rows.Count, Shortened.Rows, "rows");

    private string Side(int column) => IsNumeric(column) ? "right" : "left";

    private bool IsNumeric(int column) => Rows.Count > 0 && Rows.All(r => r[column].Length == 0 || "+-0123456789.−–—".Contains(r[column][0], StringComparison.Ordinal));

    private string Line(IReadOnlyList<string> cells, int[] widths) =>
        string.Join("  ", cells.Select((cell, c) => IsNumeric(c) ? cell.PadLeft(widths[c]) : cell.PadRight(widths[c]))).TrimEnd();
}
