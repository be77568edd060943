namespace ResearchKit.Figures;

/// <summary>A token and the number that colours it.</summary>
/// <param name="Text">The token as it is shown.</param>
/// <param name="Value">Its log-probability, reward, log-ratio or KL; NaN leaves it without colour.</param>
public sealed record ColouredToken(string Text, double Value);
