using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>
/// The weights of a Hugging Face model folder, whether they lie in one model.safetensors or in shards with
/// model.safetensors.index.json; where both are there the single file counts, as in transformers.
/// </summary>
public sealed class WeightSource : IDisposable
{
    private const string Single = "model.safetensors";
    private readonly Dictionary<string, SafeTensorsFile> files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SafeTensorsFile> homes = new(StringComparer.Ordinal);

    private WeightSource() { }

    /// <summary>All tensors by name; offsets count within the tensor's own file.</summary>
    public IReadOnlyDictionary<string, TensorEntry> Entries => entries;

    /// <summary>Opens a folder's weights, or one safetensors file.</summary>
    /// <exception cref="CheckpointException">
    /// No weights, a missing shard, a tensor that the index names and the shard lacks (or the reverse), or a malformed file.
    /// </exception>
    public static WeightSource Open(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var source = new WeightSource();
        try
        {
            var single = File.Exists(folder) ? folder : Path.Combine(folder, Single);
            var index = Path.Combine(folder, ShardIndex.FileName);
            if (File.Exists(single)) source.AddAll(SafeTensorsFile.Open(single));
            else if (File.Exists(index)) source.AddShards(folder, index);
            else throw Missing(folder);
            return source;
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Copies one tensor out; see <see cref="SafeTensorsFile.Read"/>.</summary>
    public Tensor Read(string name, ScalarType? convertTo = null) => Home(name).Read(name, convertTo);

    /// <summary>The file that holds a tensor, for messages.</summary>
    public string PathOf(string name) => Home(name).Path;

    /// <summary>Unmaps all files; tensors that were read stay valid.</summary>
    public void Dispose()
    {
        foreach (var file in files.Values) file.Dispose();
    }

    private SafeTensorsFile Home(string name) => homes.TryGetValue(name, out var file)
        ? file
        : throw new CheckpointException(
            files.Count == 1 ? files.Values.First().Path : Path.GetDirectoryName(files.Values.First().Path)!,
            "the tensor is absent", $"{entries.Count} others", "this name; do the weights belong to the model?", name);

    private void AddAll(SafeTensorsFile file)
    {
        files.Add(file.Path, file);
        foreach (var (name, entry) in file.Entries) Add(name, entry, file);
    }

    private void AddShards(string folder, string index)
    {
        var map = ShardIndex.Read(index);
        foreach (var shard in map.Values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var file = SafeTensorsFile.Open(Path.Combine(folder, shard));
            files.Add(shard, file);
            foreach (var name in file.Entries.Keys)
            {
                if (!map.TryGetValue(name, out var home))
                    throw new CheckpointException(file.Path, "the index does not name the tensor", "no entry in weight_map", $"'{shard}' in {ShardIndex.FileName}", name);
                if (home != shard)
                    throw new CheckpointException(file.Path, "the index places the tensor elsewhere", $"'{home}' in weight_map", $"'{shard}'", name);
            }
        }
        foreach (var (name, shard) in map)
        {
            if (!files[shard].Entries.TryGetValue(name, out var entry))
                throw new CheckpointException(files[shard].Path, "the shard lacks a tensor that the index places in it", $"{files[shard].Entries.Count} others", "this tensor; download the shard again", name);
            Add(name, entry, files[shard]);
        }
    }

    private void Add(string name, TensorEntry entry, SafeTensorsFile file)
    {
        entries.Add(name, entry);
        homes.Add(name, file);
    }

    private static CheckpointException Missing(string folder)
    {
        if (!Directory.Exists(folder)) return new CheckpointException(folder, "the model folder is missing", "nothing", $"a folder with {Single} or {ShardIndex.FileName}");
        var names = Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        var pickled = names.Any(name => name is not null && (name.EndsWith(".bin", StringComparison.Ordinal) || name.EndsWith(".pt", StringComparison.Ordinal)));
        return new CheckpointException(
            folder, "the model folder has no safetensors weights", names.Length == 0 ? "an empty folder" : string.Join(", ", names),
            $"{Single} or {ShardIndex.FileName}" + (pickled ? " (pickled PyTorch files are not read; convert them with safetensors' convert.py)" : ""));
    }
}
