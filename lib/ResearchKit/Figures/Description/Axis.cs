namespace ResearchKit.Figures;

/// <summary>One axis of a plot.</summary>
/// <param name="Title">What the axis measures.</param>
/// <param name="Unit">Its unit, shown in parentheses after the title; null for a pure number.</param>
/// <param name="Log">True for a logarithmic axis (base 10).</param>
/// <param name="Min">The lowest value shown; null lets the data decide.</param>
/// <param name="Max">The highest value shown; null lets the data decide.</param>
public sealed record Axis(string Title, string? Unit = null, bool Log = false, double? Min = null, double? Max = null)
{
    /// <summary>The title with its unit, as it stands beside the axis: "KL to the reference (nats)".</summary>
    public string Label() => string.IsNullOrEmpty(Unit) ? Title : $"{Title} ({Unit})";
}
