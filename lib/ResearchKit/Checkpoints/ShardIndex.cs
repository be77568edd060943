using System.Text.Json;

namespace ResearchKit.Checkpoints;

/// <summary>model.safetensors.index.json: which shard of a folder holds which tensor.</summary>
internal static class ShardIndex
{
    internal const string FileName = "model.safetensors.index.json";

    /// <summary>Tensor name to shard file name, checked: names once, shards plain names of files that exist.</summary>
    internal static IReadOnlyDictionary<string, string> Read(string path)
    {
        using var document = Parse(path);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new CheckpointException(path, "the index is not an object", root.ValueKind.ToString(), "an object with weight_map");
        JsonElement? weightMap = null;
        foreach (var property in root.EnumerateObject())
        {
            if (!property.NameEquals("weight_map")) continue;
            if (weightMap is not null) throw new CheckpointException(path, "weight_map occurs twice", "two", "one");
            weightMap = property.Value;
        }
        if (weightMap is not { } weights)
            throw new CheckpointException(path, "weight_map is missing", "no such field", "an object of tensor name to shard file");
        if (weights.ValueKind != JsonValueKind.Object)
            throw new CheckpointException(path, "weight_map is not an object", weights.ValueKind.ToString(), "an object of tensor name to shard file");

        var folder = Path.GetDirectoryName(path) ?? "";
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var item in weights.EnumerateObject())
        {
            if (!map.TryAdd(item.Name, Shard(path, folder, item)))
                throw new CheckpointException(path, "a tensor occurs twice in weight_map", $"'{item.Name}'", "each name once", item.Name);
        }
        if (map.Count == 0) throw new CheckpointException(path, "weight_map is empty", "no tensors", "at least one");
        return map;
    }

    private static JsonDocument Parse(string path)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (JsonException error)
        {
            throw new CheckpointException(path, "the index is not JSON", error.Message.TrimEnd('.'), "a JSON object", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"{path}: the index cannot be read: {error.Message}", error);
        }
    }

    private static string Shard(string path, string folder, JsonProperty item)
    {
        if (item.Value.ValueKind != JsonValueKind.String)
            throw new CheckpointException(path, "the shard's name is not a string", item.Value.ValueKind.ToString(), "a file name", item.Name);
        var shard = item.Value.GetString()!;
        if (shard.Length == 0 || shard is "." or ".." || shard.AsSpan().IndexOfAny("/\\\0") >= 0)
            throw new CheckpointException(path, "the shard's name leaves the folder", $"'{shard}'", "a plain file name", item.Name);
        if (!File.Exists(Path.Combine(folder, shard)))
            throw new CheckpointException(path, "a shard is missing", $"no file '{shard}'", "all shards beside the index; download the rest", item.Name);
        return shard;
    }
}
