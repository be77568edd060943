namespace ResearchKit.Training;

/// <summary>The numbers of one training run.</summary>
public sealed record TrainerOptions
{
    /// <summary>Optimizer steps in all, those before a resume included.</summary>
    public required int Steps { get; init; }

    /// <summary>The peak learning rate.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Steps over which the learning rate rises to its peak.</summary>
    public int WarmupSteps { get; init; }

    /// <summary>What the learning rate does after the warm-up.</summary>
    public Decay Decay { get; init; } = Decay.Constant;

    /// <summary>AdamW's decoupled weight decay, on every parameter as in torch.optim.AdamW.</summary>
    public double WeightDecay { get; init; }

    /// <summary>AdamW's decay of the first moment.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>AdamW's epsilon, added to the root of the second moment.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>The largest global L2 norm of the gradient; larger ones are scaled down to it. 0 turns clipping off.</summary>
    public double ClipNorm { get; init; } = 1;

    /// <summary>Micro-batches per step; their mean losses are averaged, so equal ones give the large batch's gradient.</summary>
    public int Accumulation { get; init; } = 1;

    /// <summary>A checkpoint is written every so many steps, and after the last; needs <see cref="CheckpointFolder"/>.</summary>
    public int CheckpointEvery { get; init; } = 100;

    /// <summary>Where checkpoints are kept; null keeps none.</summary>
    public string? CheckpointFolder { get; init; }

    /// <summary>Go on from the newest whole checkpoint in <see cref="CheckpointFolder"/>, or start when there is none.</summary>
    public bool Resume { get; init; }

    /// <summary>What the progress bar is called.</summary>
    public string Title { get; init; } = "training";

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Steps, 1, nameof(Steps));
        ArgumentOutOfRangeException.ThrowIfNegative(WarmupSteps, nameof(WarmupSteps));
        ArgumentOutOfRangeException.ThrowIfLessThan(Accumulation, 1, nameof(Accumulation));
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointEvery, 1, nameof(CheckpointEvery));
        foreach (var (value, name) in new[] { (LearningRate, nameof(LearningRate)), (WeightDecay, nameof(WeightDecay)), (Epsilon, nameof(Epsilon)), (ClipNorm, nameof(ClipNorm)) })
        {
            if (!(value >= 0) || double.IsInfinity(value)) throw new ArgumentOutOfRangeException(name, value, "a finite number, not below 0, is expected");
        }
        foreach (var (value, name) in new[] { (Beta1, nameof(Beta1)), (Beta2, nameof(Beta2)) })
        {
            if (!(value is >= 0 and < 1)) throw new ArgumentOutOfRangeException(name, value, "a number in [0, 1) is expected");
        }
        if (Resume && CheckpointFolder is null) throw new ArgumentException($"{nameof(Resume)} needs a {nameof(CheckpointFolder)}", nameof(CheckpointFolder));
    }
}
