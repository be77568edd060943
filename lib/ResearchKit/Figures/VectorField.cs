namespace ResearchKit.Figures;

/// <summary>Arrows as one series of <see cref="Chart.Curves"/>: where a gradient step moves each point of a plane.</summary>
public static class VectorField
{
    // The head's two strokes go back this share of the arrow and as far to each side.
    private const double HeadLength = 0.28, HeadWidth = 0.16;

    /// <summary>One arrow for each point, its longest as long as asked for and the others in proportion.</summary>
    /// <param name="name">The series' name.</param>
    /// <param name="points">Where the arrows begin.</param>
    /// <param name="direction">The vector at a point.</param>
    /// <param name="longest">Length of the longest arrow in the axes' units.</param>
    /// <returns>One curve, a gap after each arrow; a vector of length zero is a gap alone.</returns>
    /// <exception cref="FigureException">There is no point, or a vector is not finite.</exception>
    public static Curve Arrows(string name, IReadOnlyList<(double X, double Y)> points, Func<double, double, (double X, double Y)> direction, double longest)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(direction);
        if (points.Count == 0) throw new FigureException($"field '{name}': there is no point to draw an arrow at.");
        var vectors = points.Select(point => direction(point.X, point.Y)).ToArray();
        var bad = Array.FindIndex(vectors, v => !double.IsFinite(v.X) || !double.IsFinite(v.Y));
        if (bad >= 0) throw new FigureException(FormattableString.Invariant($"field '{name}': the vector at ({points[bad].X}, {points[bad].Y}) is ({vectors[bad].X}, {vectors[bad].Y}), expected finite numbers."));
        var most = vectors.Max(v => double.Hypot(v.X, v.Y));
        var scale = most > 0 ? longest / most : 0;
        var (x, y) = (new List<double>(), new List<double>());
        for (var i = 0; i < points.Count; i++)
        {
            var (start, along) = (points[i], (X: vectors[i].X * scale, Y: vectors[i].Y * scale));
            if (along != (0, 0))
            {
                var tip = (X: start.X + along.X, Y: start.Y + along.Y);
                Add(start);
                Add(tip);
                Add(Barb(tip, along, +1));
                Add(tip);
                Add(Barb(tip, along, -1));
            }
            Add((double.NaN, double.NaN));
        }
        return new Curve(name, [.. x], [.. y]);

        void Add((double X, double Y) point)
        {
            x.Add(point.X);
            y.Add(point.Y);
        }
    }

    private static (double X, double Y) Barb((double X, double Y) tip, (double X, double Y) along, int side) =>
        (tip.X - HeadLength * along.X - side * HeadWidth * along.Y, tip.Y - HeadLength * along.Y + side * HeadWidth * along.X);
}
