using ResearchKit.Runtime;

namespace ResearchKit.Training;

/// <summary>Training that cannot go on: a loss or gradient that is not finite, or a seed's run that failed.</summary>
public sealed class TrainingException(string message, Exception? inner = null) : KitException(message, inner);
