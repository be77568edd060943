using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>Moves weights between a model and a folder's safetensors files.</summary>
internal static partial class ModelFolderWeights
{
    private const string Single = "model.safetensors";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
    private static readonly Dictionary<string, string> Metadata = new() { ["format"] = "pt" };

    /// <summary>Fills every parameter; each must be there once, in its shape, and nothing else may be.</summary>
    internal static void Fill(CausalLM model, WeightSource source, string folder)
    {
        using var noGrad = no_grad();
        var parameters = model.BaseParameters().ToDictionary(item => item.Name, item => (Tensor)item.Parameter, StringComparer.Ordinal);
        var filled = new Dictionary<string, string>(StringComparer.Ordinal);
        string? tiedOutput = null;
        foreach (var (name, entry) in source.Entries)
        {
            if (ModelFolderNames.Parameter(model.Config.Family, name) is not { } target) continue;
            if (target == ModelFolderNames.OutputLayer && model.Config.TiedEmbeddings)
            {
                tiedOutput = name;
                continue;
            }
            if (!parameters.TryGetValue(target, out var parameter))
                throw new CheckpointException(source.PathOf(name), "the model has no such weight", $"a tensor [{Shape(entry.Shape)}]", "only the weights that config.json implies", name);
            if (!filled.TryAdd(target, name))
                throw new CheckpointException(source.PathOf(name), "the weight is there twice", $"also as '{filled[target]}'", "once", name);
            if (!entry.Shape.SequenceEqual(parameter.shape))
                throw new CheckpointException(source.PathOf(name), "the weight's shape does not fit config.json", $"[{Shape(entry.Shape)}]", $"[{Shape(parameter.shape)}]", name);
            if (entry.DType is not (ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float64))
                throw new CheckpointException(source.PathOf(name), "the weight is not of a floating type", $"{entry.DType}", "F32, F16, BF16 or F64", name);
            using var read = source.Read(name, parameter.dtype);
            parameter.copy_(read);
        }
        var missing = parameters.Keys.Where(name => !filled.ContainsKey(name)).ToList();
        if (missing.Count > 0)
            throw new CheckpointException(folder, missing.Count == 1 ? "a weight is missing" : $"{missing.Count} weights are missing", "no such tensor", $"a tensor [{Shape(parameters[missing[0]].shape)}]", missing[0]);
        if (tiedOutput is not null) CheckTied(model, source, tiedOutput);
    }

    internal static void Write(CausalLM model, string folder, long maxShardBytes)
    {
        var shards = Split(model, maxShardBytes);
        var names = shards.Count == 1
            ? [Single]
            : Enumerable.Range(1, shards.Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"model-{i:00000}-of-{shards.Count:00000}.safetensors")).ToArray();
        for (var i = 0; i < shards.Count; i++) SafeTensorsWriter.Write(Path.Combine(folder, names[i]), shards[i], Metadata);
        if (shards.Count > 1) WriteIndex(Path.Combine(folder, ShardIndex.FileName), shards, names);
        RemoveOthers(folder, shards.Count > 1 ? [.. names, ShardIndex.FileName] : names);
    }

    private static List<Dictionary<string, Tensor>> Split(CausalLM model, long maxShardBytes)
    {
        List<Dictionary<string, Tensor>> shards = [new(StringComparer.Ordinal)];
        long size = 0;
        foreach (var (name, parameter) in model.BaseParameters())
        {
            var bytes = parameter.NumberOfElements * parameter.ElementSize;
            if (size > 0 && size + bytes > maxShardBytes)
            {
                shards.Add(new(StringComparer.Ordinal));
                size = 0;
            }
            shards[^1].Add(name, parameter);
            size += bytes;
        }
        return shards;
    }

    private static void WriteIndex(string path, List<Dictionary<string, Tensor>> shards, string[] names)
    {
        var map = shards.SelectMany((shard, i) => shard.Keys.Select(name => (Name: name, File: names[i])))
            .OrderBy(item => item.Name, StringComparer.Ordinal).ToDictionary(item => item.Name, item => item.File);
        var size = shards.SelectMany(shard => shard.Values).Sum(tensor => tensor.NumberOfElements * tensor.ElementSize);
        var index = new Dictionary<string, object> { ["metadata"] = new Dictionary<string, long> { ["total_size"] = size }, ["weight_map"] = map };
        DurableFile.Write(path, stream => JsonSerializer.Serialize(stream, index, Indented));
    }

    /// <summary>A single file takes precedence over an index, so an older layout must not stay.</summary>
    private static void RemoveOthers(string folder, string[] current)
    {
        foreach (var path in Directory.GetFiles(folder))
        {
            var name = Path.GetFileName(path);
            var weights = name is Single or ShardIndex.FileName || Shard().IsMatch(name);
            if (weights && !current.Contains(name)) File.Delete(path);
        }
    }

    private static void CheckTied(CausalLM model, WeightSource source, string name)
    {
        using var scope = NewDisposeScope();
        var embeddings = model.Embeddings;
        var stored = source.Read(name, embeddings.dtype);
        if (!stored.shape.AsSpan().SequenceEqual(embeddings.shape) || !stored.equal(embeddings.cpu()).all().item<bool>())
            throw new CheckpointException(source.PathOf(name), "the output layer differs from the embedding that config.json ties it to", $"[{Shape(stored.shape)}]", "the embedding's own numbers, or tie_word_embeddings false", name);
    }

    private static string Shape(IEnumerable<long> shape) => string.Join(',', shape);

    [GeneratedRegex(@"^model-\d{5}-of-\d{5}\.safetensors$")]
    private static partial Regex Shard();
}
