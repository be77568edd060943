using ResearchKit.Runtime;

namespace ResearchKit.Generation;

/// <summary>A request for tokens that cannot be met: options out of range, an empty prompt, more tokens than positions.</summary>
public sealed class GenerationException(string message, Exception? inner = null) : KitException(message, inner);
