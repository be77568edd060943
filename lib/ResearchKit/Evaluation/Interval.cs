namespace ResearchKit.Evaluation;

/// <summary>A two-sided 95 % confidence interval.</summary>
/// <param name="Low">Lower end; −∞ where a single value says nothing about the spread.</param>
/// <param name="High">Upper end; +∞ likewise.</param>
/// <param name="Method">How it was made, in words.</param>
public sealed record Interval(double Low, double High, string Method);
