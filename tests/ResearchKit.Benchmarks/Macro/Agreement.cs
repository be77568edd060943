namespace ResearchKit.Benchmarks.Macro;

/// <summary>A side that shows a number of what it computed.</summary>
internal interface IResultSide : ISide
{
    /// <summary>The last round's.</summary>
    double Result { get; }
}

/// <summary>Training steps raced, and whether all sides computed the same: the losses of the first step and of the last.</summary>
internal sealed class Agreement
{
    // One float32 rounding apart at the first step; ten AdamW steps multiply what is apart.
    private const double First = 2e-6, Last = 2e-5;

    private Agreement(double[] times, string note) => (Times, Note) = (times, note);

    /// <summary>The best round of each side, in milliseconds.</summary>
    internal double[] Times { get; }

    /// <summary>What the losses were, or which side's was another.</summary>
    internal string Note { get; }

    internal static Agreement Race(int rounds, IReadOnlyList<IResultSide> sides)
    {
        foreach (var side in sides) side.Round();
        var first = sides.Select(side => side.Result).ToArray();
        var times = Macro.Race.Run(rounds, sides);
        var last = sides.Select(side => side.Result).ToArray();
        double Spread(double[] losses) => losses.Max() - losses.Min();
        var same = Spread(first) <= First && Spread(last) <= Last;
        return new Agreement(times, FormattableString.Invariant($"{(same ? "the same loss on all sides" : "OTHER LOSSES")}: {first[0]:F4}, after {rounds + 2} steps {last[0]:F4} (apart {Spread(first):E0}, {Spread(last):E0})"));
    }
}
