namespace ResearchKit.Figures;

/// <summary>One bar.</summary>
/// <param name="Name">What is measured, a method for example: its colour and, with groups, its legend entry.</param>
/// <param name="Value">The bar's height.</param>
/// <param name="Low">Lower end of its interval, or null.</param>
/// <param name="High">Upper end of its interval, or null.</param>
/// <param name="Group">The place on the axis that it shares with other names (a task, a setting); null puts each name in a place of its own.</param>
public sealed record Bar(string Name, double Value, double? Low = null, double? High = null, string? Group = null);
