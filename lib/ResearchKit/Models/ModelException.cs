using ResearchKit.Runtime;

namespace ResearchKit.Models;

/// <summary>A model that cannot be built as configured, or was given tokens that it cannot take.</summary>
public sealed class ModelException(string message, Exception? inner = null) : KitException(message, inner);
