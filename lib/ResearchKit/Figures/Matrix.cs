namespace ResearchKit.Figures;

internal static class Matrix
{
    /// <summary>A rectangular array as rows, the form that JSON knows.</summary>
    internal static T[][] Rows<T>(T[,] cells)
    {
        var rows = new T[cells.GetLength(0)][];
        for (var r = 0; r < rows.Length; r++)
        {
            rows[r] = new T[cells.GetLength(1)];
            for (var c = 0; c < rows[r].Length; c++) rows[r][c] = cells[r, c];
        }
        return rows;
    }
}
