using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>Which forward pass is asked for.</summary>
/// <param name="Step">The optimizer step, from 1, as in logs and in <see cref="History"/>.</param>
/// <param name="Micro">The micro-batch within the step, 0 .. Accumulation-1.</param>
public sealed record StepContext(int Step, int Micro);

/// <summary>What one forward pass gives back.</summary>
/// <param name="Loss">The mean loss over the micro-batch, a scalar with a graph behind it.</param>
/// <param name="Metrics">Named numbers to keep in the history; averaged over the step's micro-batches.</param>
public sealed record StepLoss(Tensor Loss, IReadOnlyDictionary<string, double> Metrics)
{
    /// <summary>A loss without further metrics.</summary>
    public StepLoss(Tensor loss) : this(loss, new Dictionary<string, double>()) { }
}
