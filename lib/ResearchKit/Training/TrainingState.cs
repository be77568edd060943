using System.Globalization;
using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using static TorchSharp.torch;

namespace ResearchKit.Training;

/// <summary>
/// What one run changes and what its checkpoints hold: trained parameters, buffers, optimizer, history, the caller's
/// streams. Frozen parameters are not saved: a resumed run builds its model as the first one did.
/// </summary>
internal sealed class TrainingState : IDisposable
{
    private readonly TrainerOptions options;
    private readonly Dictionary<string, Tensor> weights = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, ICheckpointable> streams;
    private FileStream? folderLock;

    internal TrainingState(nn.Module model, TrainerOptions options, IReadOnlyDictionary<string, ICheckpointable>? streams)
    {
        this.options = options;
        this.streams = streams ?? new Dictionary<string, ICheckpointable>();
        var seen = new HashSet<Tensor>(ReferenceEqualityComparer.Instance); // tied parameters are trained once
        var trained = model.named_parameters().Where(item => item.parameter.requires_grad && seen.Add(item.parameter)).ToArray();
        foreach (var (name, parameter) in trained) weights[$"model.{name}"] = parameter;
        foreach (var (name, buffer) in model.named_buffers()) weights[$"model.{name}"] = buffer;
        Optimizer = new FusedAdamW([.. trained.Select(item => (item.name, item.parameter))], options.Beta1, options.Beta2, options.Epsilon, options.WeightDecay);
    }

    internal FusedAdamW Optimizer { get; }

    internal History History { get; private set; } = new();

    /// <summary>The last checkpoint's path, or null.</summary>
    internal string? Checkpoint { get; private set; }

    /// <summary>Takes on the newest whole checkpoint when asked to; returns a remark for the progress bar.</summary>
    internal string? Resume()
    {
        if (options.CheckpointFolder is not { } folder) return null;
        folderLock = Lock(folder);
        if (!options.Resume)
        {
            if (TrainingCheckpoint.Files(folder) is [.., var last])
                throw new CheckpointException(folder, "the folder holds checkpoints of an earlier run", Path.GetFileName(last.Path), "Resume = true to go on with it, or another folder");
            return null;
        }
        using var checkpoint = TrainingCheckpoint.Latest(folder, out var skipped);
        if (checkpoint is null) return null;
        Restore(checkpoint);
        Checkpoint = checkpoint.Path;
        var note = string.Create(CultureInfo.InvariantCulture, $"resumed after step {checkpoint.Step}");
        return skipped.Count == 0 ? note : $"{note}; passed over: {string.Join(" ", skipped)}";
    }

    /// <summary>The caller's streams as they are now.</summary>
    internal JsonObject Streams() => new(streams.Select(item => KeyValuePair.Create(item.Key, (JsonNode?)item.Value.Save())));

    /// <summary>Writes a checkpoint; nothing where no folder was given.</summary>
    internal void Save(int step, JsonObject? streamsThen = null)
    {
        if (options.CheckpointFolder is not { } folder) return;
        Checkpoint = TrainingCheckpoint.Write(folder, step, Tensors(), new JsonObject
        {
            ["options"] = Described(),
            ["history"] = JsonNode.Parse(History.ToJson()),
            ["streams"] = streamsThen ?? Streams(),
        });
    }

    public void Dispose()
    {
        Optimizer.ZeroGrad();
        Optimizer.Dispose();
        folderLock?.Dispose();
    }

    // The operating system frees it when the process ends, however that ends.
    private static FileStream Lock(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(Path.Combine(folder, "run.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{folder}: another run writes to the folder, or it cannot be written: {error.Message} Wait for that run or choose another folder.", error);
        }
    }

    private Dictionary<string, Tensor> Tensors()
    {
        var tensors = new Dictionary<string, Tensor>(weights, StringComparer.Ordinal);
        foreach (var (name, tensor) in Optimizer.State) tensors[$"optimizer.{name}"] = tensor;
        return tensors;
    }

    private void Restore(TrainingCheckpoint checkpoint)
    {
        var tensors = Tensors();
        CheckFits(checkpoint, tensors);
        var saved = checkpoint.State["streams"] as JsonObject ?? [];
        CheckNames(checkpoint.Path, "streams", saved.Select(item => item.Key), streams.Keys);
        History = History.FromJson(checkpoint.State["history"]?.ToJsonString() ?? "null");
        History.Stopped = false;
        foreach (var (name, stream) in streams) stream.Restore(saved[name]!);
        using var _ = no_grad();
        foreach (var (name, tensor) in tensors)
        {
            using var scope = NewDisposeScope();
            tensor.copy_(checkpoint.Read(name));
        }
    }

    private void CheckFits(TrainingCheckpoint checkpoint, Dictionary<string, Tensor> tensors)
    {
        var path = checkpoint.Path;
        var saved = checkpoint.State["options"] as JsonObject ?? [];
        foreach (var (name, value) in Described())
        {
            if (!JsonNode.DeepEquals(saved[name], value))
                throw new CheckpointException(path, $"the checkpoint is of a run with another {name}", saved[name]?.ToJsonString() ?? "none", $"{value!.ToJsonString()}; change the option back or start in another folder");
        }
        CheckNames(path, "tensors", checkpoint.Entries.Keys, tensors.Keys);
        foreach (var (name, tensor) in tensors)
        {
            var entry = checkpoint.Entries[name];
            if (!entry.Shape.SequenceEqual(tensor.shape) || entry.DType != tensor.dtype)
                throw new CheckpointException(path, "the checkpoint is of another model", $"{entry.DType} [{string.Join(", ", entry.Shape)}]", $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]", name);
        }
    }

    private static void CheckNames(string path, string what, IEnumerable<string> saved, IEnumerable<string> wanted)
    {
        var (left, right) = (saved.ToHashSet(StringComparer.Ordinal), wanted.ToHashSet(StringComparer.Ordinal));
        if (right.Except(left).Order(StringComparer.Ordinal).FirstOrDefault() is { } missing)
            throw new CheckpointException(path, $"the checkpoint's {what} are not this run's", $"no '{missing}'", $"the same {right.Count} {what}");
        if (left.Except(right).Order(StringComparer.Ordinal).FirstOrDefault() is { } extra)
            throw new CheckpointException(path, $"the checkpoint's {what} are not this run's", $"'{extra}' as well", $"the same {right.Count} {what}");
    }

    // What changes the numbers of a run; where and how often it is saved does not.
    private JsonObject Described() => new()
    {
        [nameof(options.Steps)] = options.Steps,
        [nameof(options.LearningRate)] = options.LearningRate,
        [nameof(options.WarmupSteps)] = options.WarmupSteps,
        [nameof(options.Decay)] = options.Decay.ToString(),
        [nameof(options.WeightDecay)] = options.WeightDecay,
        [nameof(options.Beta1)] = options.Beta1,
        [nameof(options.Beta2)] = options.Beta2,
        [nameof(options.Epsilon)] = options.Epsilon,
        [nameof(options.ClipNorm)] = options.ClipNorm,
        [nameof(options.Accumulation)] = options.Accumulation,
    };
}
