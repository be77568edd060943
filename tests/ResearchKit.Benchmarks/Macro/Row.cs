namespace ResearchKit.Benchmarks.Macro;

/// <summary>One line of the suite's table.</summary>
/// <param name="Case">The case's name, as it is asked for.</param>
/// <param name="What">What is compared.</param>
/// <param name="Fast">The fast path's number.</param>
/// <param name="Plain">Its plain twin's, or what it is measured against.</param>
/// <param name="Unit">Of both: ms, MB, GFLOP/s, bytes.</param>
/// <param name="Ratio">What the wish is about.</param>
/// <param name="Wish">The ratio asked for, in words: "≥ 7"; empty where none is.</param>
/// <param name="Met">Whether it was met; null where there is no wish.</param>
/// <param name="Note">Sizes, threads, equality of results.</param>
internal sealed record Row(string Case, string What, double? Fast, double? Plain, string Unit, double? Ratio, string Wish, bool? Met, string Note)
{
    /// <summary>A plain twin's time over the fast path's.</summary>
    internal static Row Faster(string name, string what, double fast, double plain, double? wish, string note) =>
        new(name, what, fast, plain, "ms", plain / fast, wish is { } w ? FormattableString.Invariant($"≥ {w}") : "", wish is null ? null : plain / fast >= wish, note);

    /// <summary>A share that must not be above, or must reach, a bound.</summary>
    internal static Row Share(string name, string what, double fast, double plain, string unit, double? atMost, double? atLeast, string note)
    {
        var ratio = fast / plain;
        var wish = atMost is { } most ? FormattableString.Invariant($"≤ {most}") : atLeast is { } least ? FormattableString.Invariant($"≥ {least}") : "";
        return new(name, what, fast, plain, unit, ratio, wish, atMost is null && atLeast is null ? null : ratio <= (atMost ?? double.MaxValue) && ratio >= (atLeast ?? 0), note);
    }

    /// <summary>What could not be measured here, and why.</summary>
    internal static Row Missing(string name, string what, string why) => new(name, what, null, null, "", null, "", null, why);
}
