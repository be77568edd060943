namespace ResearchKit.Training;

/// <summary>
/// One large batch per optimizer step, computed in parts whose gradients add up to the large batch's own. The loop averages
/// the parts' losses, and a mean of means is the mean only where all parts count alike: here each part's loss is
/// weighted by its share of the step's rows or tokens.
/// </summary>
/// <remarks>
/// <see cref="TrainerOptions.Accumulation"/> must be <see cref="Parts"/>. The step's loss and the metrics in the history are those
/// of the large batch too. What is no mean over rows or tokens (a batch-wise baseline or normalisation) has no such parts.
/// </remarks>
public sealed class AccumulatedBatch
{
    private readonly Func<int[]> next;
    private readonly Func<int, double> weight;
    private (int Step, int Micro) last;
    private int[] rows = [];
    private double total;

    /// <summary>Nothing is drawn before the first part is asked for.</summary>
    /// <param name="next">Gives the next large batch: <see cref="DataOrder.Next"/>, <see cref="LengthOrder.Next"/>.</param>
    /// <param name="parts">Micro-batches per step.</param>
    /// <param name="weight">
    /// What a row counts for in the mean: its scored tokens where the loss is a mean over tokens; by default 1, for a mean over
    /// rows or pairs, whatever is summed or averaged within each.
    /// </param>
    public AccumulatedBatch(Func<int[]> next, int parts, Func<int, double>? weight = null)
    {
        ArgumentNullException.ThrowIfNull(next);
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        (this.next, Parts, this.weight) = (next, parts, weight ?? (_ => 1));
    }

    /// <summary>Micro-batches per step.</summary>
    public int Parts { get; }

    /// <summary>The loss of one part, weighted for the loop.</summary>
    /// <param name="context">Which part; a step begins with part 0, which draws its batch.</param>
    /// <param name="mean">
    /// The mean loss over some rows, and metrics that are such means. Where the batch has fewer rows than parts, the parts left
    /// over compute one row, which counts for nothing.
    /// </param>
    /// <exception cref="ArgumentException">The loop's accumulation is not <see cref="Parts"/>, or no row of a batch counts.</exception>
    public StepLoss Part(StepContext context, Func<int[], StepLoss> mean)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(mean);
        Begin(context);
        var part = rows[(context.Micro * rows.Length / Parts)..((context.Micro + 1) * rows.Length / Parts)];
        var counts = part.Sum(weight);
        var result = mean(counts > 0 ? part : [rows.MaxBy(weight)]);
        var share = counts / total * Parts; // the loop divides by the number of parts
        return new StepLoss(result.Loss * share, result.Metrics.ToDictionary(metric => metric.Key, metric => metric.Value * share, StringComparer.Ordinal));
    }

    private void Begin(StepContext context)
    {
        // A run that was stopped within a step begins that step, or its first, anew.
        var leftOff = context is { Micro: 0 } && context.Step == last.Step + 1 && last.Step > 0 && last.Micro != Parts - 1;
        if (leftOff || context.Micro >= Parts)
            throw new ArgumentException($"{nameof(TrainerOptions.Accumulation)} is {(leftOff ? last.Micro + 1 : $"above {Parts}")}; a batch of {Parts} parts needs {Parts}", nameof(context));
        last = (context.Step, context.Micro);
        if (context.Micro > 0) return;
        rows = next();
        total = rows.Sum(weight);
        if (!(total > 0)) throw new ArgumentException($"the batch of rows {string.Join(", ", rows.Take(16))} weighs {total}; at least one row must count", nameof(context));
    }
}
