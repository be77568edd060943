using ResearchKit.Runtime;

namespace ResearchKit.Training;

/// <summary>Training that cannot go on: a loss or gradient that is not finite, or a seed's run that failed.</summary>
public sealed class TrainingException(string message, Exception? inner = null) : KitException(message, inner)
{
    /// <summary>The message; behind it the error of a run that failed, with its own stack trace unless it is the kit's.</summary>
    public override string ToString() => InnerException is null or KitException ? base.ToString() : $"{base.ToString()}\n ---> {InnerException}";
}
