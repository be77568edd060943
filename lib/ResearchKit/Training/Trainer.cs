using System.Globalization;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>The one training loop: it knows nothing of losses, models or data.</summary>
public static class Trainer
{
    /// <summary>
    /// Trains the parameters that require a gradient, in place: per step, Accumulation forward and backward passes,
    /// clipping, AdamW at the scheduled learning rate.
    /// </summary>
    /// <param name="model">The module whose parameters are trained; its training mode is the caller's to set.</param>
    /// <param name="options">The run's numbers.</param>
    /// <param name="loss">One forward pass: the mean loss over a micro-batch. Its temporaries are freed by the loop.</param>
    /// <param name="progress">Where progress is shown; nowhere by default.</param>
    /// <param name="state">What else a checkpoint must hold to resume bit for bit, by name: data order, random streams.</param>
    /// <param name="onStep">Called after each step with its number, before its checkpoint, for evaluation.</param>
    /// <param name="cancellationToken">Stops the run before the next micro-batch; what was learned is kept, and saved where a folder is given.</param>
    /// <returns>The numbers of every step, also of those before a resume; <see cref="History.Stopped"/> when cancelled.</returns>
    /// <exception cref="TrainingException">A loss or gradient is not finite; the weights are those before that step.</exception>
    /// <exception cref="Checkpoints.CheckpointException">A checkpoint cannot be written, read, or is not this run's.</exception>
    public static History Run(
        nn.Module model, TrainerOptions options, Func<StepContext, StepLoss> loss, IProgressSink? progress = null,
        IReadOnlyDictionary<string, ICheckpointable>? state = null, Action<int>? onStep = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loss);
        options.Check();
        using var run = new TrainingState(model, options, state);
        var note = run.Resume();
        using var bar = (progress ?? SilentProgress.Instance).Start(options.Title, options.Steps);
        var first = run.History.Steps.Count + 1;
        bar.Report(first - 1, note: note);

        for (var step = first; step <= options.Steps; step++)
        {
            var streamsBefore = options.CheckpointFolder is null ? null : run.Streams();
            try
            {
                run.History.Add(step, Step(run, options, loss, step, state, cancellationToken));
                bar.Report(step, run.History.Last(History.Loss));
                onStep?.Invoke(step);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                run.History.Stopped = true;
                var done = run.History.Steps.Count;
                run.Save(done, done == step ? null : streamsBefore);
                break;
            }
            if (step % options.CheckpointEvery == 0 || step == options.Steps) run.Save(step);
        }
        return run.History;
    }

    private static Dictionary<string, double> Step(
        TrainingState run, TrainerOptions options, Func<StepContext, StepLoss> loss, int step,
        IReadOnlyDictionary<string, ICheckpointable>? state, CancellationToken cancellationToken)
    {
        run.Optimizer.ZeroGrad();
        var total = 0.0;
        var sums = new Dictionary<string, (double Sum, int Count)>(StringComparer.Ordinal);
        for (var micro = 0; micro < options.Accumulation; micro++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var result = loss(new StepContext(step, micro));
            CheckScalar(result.Loss);
            var value = result.Loss.detach().to_type(ScalarType.Float64).item<double>();
            if (!double.IsFinite(value)) throw NotFinite("loss", value, step, micro, run, state);
            (options.Accumulation == 1 ? result.Loss : result.Loss / options.Accumulation).backward();
            total += value;
            foreach (var (name, number) in result.Metrics)
            {
                var (sum, count) = sums.GetValueOrDefault(name);
                sums[name] = (sum + number, count + 1);
            }
        }
        var norm = run.Optimizer.ClipGradients(options.ClipNorm);
        if (!double.IsFinite(norm)) throw NotFinite("gradient norm", norm, step, options.Accumulation - 1, run, state);
        var rate = options.LearningRate * LearningRateSchedule.Factor(step, options.Steps, options.WarmupSteps, options.Decay);
        run.Optimizer.Step(rate);

        var metrics = new Dictionary<string, double>
        {
            [History.Loss] = total / options.Accumulation,
            [History.GradientNorm] = norm,
            [History.LearningRate] = rate,
        };
        foreach (var (name, (sum, count)) in sums)
        {
            if (!metrics.TryAdd(name, sum / count)) throw new ArgumentException($"a metric is called '{name}', the name of a column of the loop's own", nameof(loss));
        }
        return metrics;
    }

    private static void CheckScalar(Tensor loss)
    {
        if (loss.numel() != 1) throw new ArgumentException($"the loss has shape [{string.Join(", ", loss.shape)}]; a scalar, the mean over the micro-batch, is expected", nameof(loss));
        if (!loss.requires_grad) throw new ArgumentException("the loss has no graph behind it: it was computed under no_grad, detached, or from frozen parameters only", nameof(loss));
    }

    private static TrainingException NotFinite(string what, double value, int step, int micro, TrainingState run, IReadOnlyDictionary<string, ICheckpointable>? state)
    {
        var batch = state?.Values.OfType<DataOrder>().FirstOrDefault() is { } order ? $" (examples {string.Join(", ", order.Current.Take(16))}{(order.Current.Count > 16 ? ", ..." : "")})" : "";
        var checkpoint = run.Checkpoint is { } path ? $"the last good checkpoint is {path}" : "no checkpoint was written";
        return new TrainingException(string.Create(
            CultureInfo.InvariantCulture,
            $"step {step}, micro-batch {micro}{batch}: the {what} is {value}, expected a finite number. The weights are those after step {step - 1}; {checkpoint}. Look at that batch, lower the learning rate, or warm up longer."));
    }
}
