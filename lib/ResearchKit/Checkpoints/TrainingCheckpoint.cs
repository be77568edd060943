using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>
/// All that a training run needs to go on bit for bit: one safetensors file per checkpoint, "step-00000100.safetensors",
/// whose metadata holds the rest of the state as JSON and a SHA-256 over everything. A folder keeps the newest two, so
/// that one is whole while the next is written.
/// </summary>
public sealed class TrainingCheckpoint : IDisposable
{
    private const string Format = "researchkit.training/1";
    private const string Prefix = "step-", Suffix = ".safetensors";
    private const int Kept = 2;

    private readonly SafeTensorsFile file;

    private TrainingCheckpoint(SafeTensorsFile file, int step, JsonObject state) => (this.file, Step, State) = (file, step, state);

    /// <summary>Steps that were done when it was written.</summary>
    public int Step { get; }

    /// <summary>The state that is no tensor.</summary>
    public JsonObject State { get; }

    /// <summary>The file.</summary>
    public string Path => file.Path;

    /// <summary>The tensors that it holds.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => file.Entries;

    /// <summary>Copies one tensor out; see <see cref="SafeTensorsFile.Read"/>.</summary>
    public Tensor Read(string name) => file.Read(name);

    /// <summary>Closes the file.</summary>
    public void Dispose() => file.Dispose();

    /// <summary>Writes a checkpoint beside, flushes, renames it into place, and only then deletes those before the last two.</summary>
    /// <param name="folder">The run's own folder; it is made where it is missing.</param>
    /// <param name="step">Steps done.</param>
    /// <param name="tensors">Weights and optimizer state by name.</param>
    /// <param name="state">The rest.</param>
    /// <returns>The file's path.</returns>
    public static string Write(string folder, int step, IReadOnlyDictionary<string, Tensor> tensors, JsonObject state)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        ArgumentNullException.ThrowIfNull(state);
        var path = System.IO.Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step:D8}{Suffix}"));
        var text = state.ToJsonString();
        SafeTensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = Format,
            ["step"] = step.ToString(CultureInfo.InvariantCulture),
            ["state"] = text,
            ["sha256"] = Hash(step, text, tensors),
        });
        // Files of later steps are those that a resume had to skip.
        var files = Files(folder);
        foreach (var (number, other) in files.Where(item => item.Step > step).Concat(files.Where(item => item.Step <= step).SkipLast(Kept))) File.Delete(other);
        return path;
    }

    /// <summary>Opens one checkpoint and checks it whole.</summary>
    /// <exception cref="CheckpointException">It is torn, changed or no training checkpoint.</exception>
    public static TrainingCheckpoint Open(string path)
    {
        var file = SafeTensorsFile.Open(path);
        try
        {
            var format = file.Metadata.GetValueOrDefault("format", "no format");
            if (format != Format)
                throw new CheckpointException(path, "this is no training checkpoint of this kit", $"'{format}'", $"'{Format}' in its metadata");
            var text = Field(file, "state");
            if (!int.TryParse(Field(file, "step"), NumberStyles.None, CultureInfo.InvariantCulture, out var step))
                throw new CheckpointException(path, "the step is not a number", $"'{Field(file, "step")}'", "a whole number");
            var (saved, actual) = (Field(file, "sha256"), Hash(step, text, file));
            if (saved != actual)
                throw new CheckpointException(path, "the checkpoint was changed or torn after it was written", $"SHA-256 {actual}", saved);
            return new TrainingCheckpoint(file, step, Parse(path, text));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The newest whole checkpoint of a folder, or null where it has none; files that a killed writer left are deleted.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="skipped">Why newer ones were passed over, a line each.</param>
    /// <exception cref="CheckpointException">There are checkpoints and none of them is whole.</exception>
    public static TrainingCheckpoint? Latest(string folder, out IReadOnlyList<string> skipped)
    {
        var faults = new List<string>();
        skipped = faults;
        if (!Directory.Exists(folder)) return null;
        foreach (var leftover in Directory.GetFiles(folder, $"{Prefix}*{Suffix}{WholeFile.Beside}")) File.Delete(leftover);
        foreach (var (_, path) in Files(folder).Reverse())
        {
            try
            {
                return Open(path);
            }
            catch (CheckpointException error)
            {
                faults.Add(error.Message);
            }
        }
        if (faults.Count == 0) return null;
        throw new CheckpointException($"{folder}: no checkpoint is whole; to start again, delete them. {string.Join(" ", faults)}");
    }

    /// <summary>The checkpoints of a folder by rising step, whole or not.</summary>
    public static IReadOnlyList<(int Step, string Path)> Files(string folder) => !Directory.Exists(folder) ? [] :
    [
        .. from path in Directory.GetFiles(folder, $"{Prefix}*{Suffix}")
           let digits = System.IO.Path.GetFileName(path)[Prefix.Length..^Suffix.Length]
           where int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _)
           let step = int.Parse(digits, CultureInfo.InvariantCulture)
           orderby step
           select (step, path),
    ];

    private static string Field(SafeTensorsFile file, string name) => file.Metadata.TryGetValue(name, out var value)
        ? value
        : throw new CheckpointException(file.Path, "a field of the metadata is missing", $"no '{name}'", "format, step, state and sha256");

    private static JsonObject Parse(string path, string text)
    {
        try
        {
            if (JsonNode.Parse(text) is JsonObject state) return state;
            throw new CheckpointException(path, "the state is not an object", text, "a JSON object");
        }
        catch (JsonException error)
        {
            throw new CheckpointException(path, "the state is not JSON", error.Message.TrimEnd('.'), "a JSON object", inner: error);
        }
    }

    private static string Hash(int step, string state, IReadOnlyDictionary<string, Tensor> tensors)
    {
        using var hash = Begin(step, state);
        foreach (var (name, tensor) in tensors.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            using var scope = NewDisposeScope();
            Describe(hash, name, tensor.dtype, tensor.shape);
            TensorBytes.Visit(tensor.detach().cpu().contiguous(), bytes => hash.AppendData(bytes));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Hash(int step, string state, SafeTensorsFile file)
    {
        using var hash = Begin(step, state);
        foreach (var (name, entry) in file.Entries.OrderBy(item => item.Key, StringComparer.Ordinal))
        {
            Describe(hash, name, entry.DType, entry.Shape);
            for (var at = 0L; at < entry.Length;)
            {
                var length = (int)Math.Min(entry.Length - at, 1 << 30);
                hash.AppendData(file.Bytes(entry, at, length));
                at += length;
            }
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IncrementalHash Begin(int step, string state)
    {
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{step}\n{state}\n")));
        return hash;
    }

    private static void Describe(IncrementalHash hash, string name, ScalarType type, IEnumerable<long> shape) =>
        hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{SafeTensorTypes.Name(type)}\n{string.Join(',', shape)}\n"));
}
