using ResearchKit.Runtime;

namespace ResearchKit.Causal;

/// <summary>A causal graph, an intervention or an estimate that cannot be.</summary>
public sealed class CausalException(string message, Exception? inner = null) : KitException(message, inner);
