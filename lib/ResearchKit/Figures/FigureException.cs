using ResearchKit.Runtime;

namespace ResearchKit.Figures;

/// <summary>A figure or table that cannot be made from what was given, or cannot be drawn by this build.</summary>
public sealed class FigureException(string message, Exception? inner = null) : KitException(message, inner);
