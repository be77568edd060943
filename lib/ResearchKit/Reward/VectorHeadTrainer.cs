using ResearchKit.Runtime;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Reward;

/// <summary>How a <see cref="VectorHead"/> is trained; the defaults suit hundreds to thousands of pairs of sentence vectors.</summary>
public sealed record VectorHeadOptions
{
    /// <summary>Units of the hidden layer; 0 for a linear head.</summary>
    public int Hidden { get; init; }

    /// <summary>AdamW steps.</summary>
    public int Steps { get; init; } = 300;

    /// <summary>Pairs per step.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>The learning rate, constant.</summary>
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>AdamW's decoupled weight decay.</summary>
    public double WeightDecay { get; init; } = 0.1;
}

/// <summary>A trained head and how its training went.</summary>
/// <param name="Head">The head; the caller's to dispose.</param>
/// <param name="History">Loss by step.</param>
public sealed record TrainedVectorHead(VectorHead Head, History History);

/// <summary>
/// Trains a reward head on frozen vectors by the Bradley-Terry loss, where a pair may have a soft label p and a weight:
/// L = weight · [p · BT(r_w, r_l) + (1 − p) · BT(r_l, r_w)]; p = ½ pulls a tie's rewards together. A few thousand pairs
/// take seconds.
/// </summary>
public static class VectorHeadTrainer
{
    /// <summary>Trains a fresh head.</summary>
    /// <param name="pairs">The training pairs; their vectors also give the head's scaling.</param>
    /// <param name="options">The run's numbers.</param>
    /// <param name="streams">Randomness: the stream "vector head" draws the hidden layer, "vector order" the order of the pairs.</param>
    /// <param name="onStep">Called after each step with its number and the head, for curves on held-out pairs.</param>
    /// <param name="cancellation">Stops the training; what was learned is kept.</param>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public static TrainedVectorHead Train(
        VectorPairs pairs, VectorHeadOptions options, RandomStreams streams, Action<int, VectorHead>? onStep = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(streams);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Hidden);
        using var scope = NewDisposeScope();
        using var generator = streams.Generator("vector head");
        var head = new VectorHead(cat([pairs.Chosen, pairs.Rejected]), options.Hidden, generator);
        var order = new DataOrder(pairs.Count, options.BatchSize, streams.Rng("vector order"));
        var run = new TrainerOptions { Steps = options.Steps, LearningRate = options.LearningRate, WeightDecay = options.WeightDecay, Title = "reward head" };
        var history = Trainer.Run(
            head, run, _ => new StepLoss(Losses(head, pairs.Rows(order.Next())).mean()),
            onStep: onStep is null ? null : step => onStep(step, head), cancellationToken: cancellation);
        return new TrainedVectorHead(head, history);
    }

    /// <summary>The loss of each pair [N], weighted, in nats.</summary>
    /// <param name="head">The head.</param>
    /// <param name="pairs">N pairs.</param>
    public static Tensor Losses(VectorHead head, VectorPairs pairs)
    {
        ArgumentNullException.ThrowIfNull(head);
        ArgumentNullException.ThrowIfNull(pairs);
        using var scope = NewDisposeScope();
        var (w, l) = (head.Scores(pairs.Chosen), head.Scores(pairs.Rejected));                     // [N]
        var (p, weight) = (Column(pairs.Label, w), Column(pairs.Weight, w));
        var losses = p * BradleyTerryLoss.Compute(w, l) + (1 - p) * BradleyTerryLoss.Compute(l, w);
        return (weight * losses).MoveToOuterDisposeScope();
    }

    private static Tensor Column(IReadOnlyList<double> values, Tensor like) => tensor(values.ToArray(), dtype: like.dtype, device: like.device);
}
