using ResearchKit.Checkpoints;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Checkpoints;

public sealed class WeightSourceTests
{
    [Fact]
    public void Shards_read_as_one_model()
    {
        using var folder = Sharded("""{"metadata":{"total_size":12},"weight_map":{"a":"one.safetensors","b":"two.safetensors","c":"two.safetensors"}}""");

        using var weights = WeightSource.Open(folder.Root);
        Assert.Equal(["a", "b", "c"], weights.Entries.Keys.Order());
        using var c = weights.Read("c");
        Assert.Equal(3f, c.item<float>());
    }

    [Theory]
    [InlineData("not JSON", "{", "the index is not JSON")]
    [InlineData("not an object", "[]", "the index is not an object: found Array")]
    [InlineData("no weight_map", "{}", "weight_map is missing")]
    [InlineData("weight_map twice", """{"weight_map":{},"weight_map":{}}""", "weight_map occurs twice")]
    [InlineData("weight_map an array", """{"weight_map":[]}""", "weight_map is not an object: found Array")]
    [InlineData("weight_map empty", """{"weight_map":{}}""", "weight_map is empty")]
    [InlineData("shard no string", """{"weight_map":{"a":1}}""", "the shard's name is not a string: found Number")]
    [InlineData("shard outside", """{"weight_map":{"a":"../one.safetensors"}}""", "leaves the folder: found '../one.safetensors'")]
    [InlineData("shard missing", """{"weight_map":{"a":"three.safetensors"}}""", "a shard is missing: found no file 'three.safetensors'")]
    [InlineData("name twice", """{"weight_map":{"a":"one.safetensors","a":"two.safetensors"}}""", "a tensor occurs twice in weight_map: found 'a'")]
    [InlineData("tensor absent from its shard", """{"weight_map":{"a":"one.safetensors","z":"one.safetensors"}}""", "tensor 'z': the shard lacks a tensor that the index places in it")]
    [InlineData("tensor not in the index", """{"weight_map":{"b":"two.safetensors"}}""", "tensor 'c': the index does not name the tensor")]
    [InlineData("tensor in another shard", """{"weight_map":{"a":"two.safetensors","b":"two.safetensors","c":"one.safetensors"}}""", "the index places the tensor elsewhere")]
    public void A_bad_index_says_which_fault_it_has(string fault, string index, string words)
    {
        using var folder = Sharded(index);

        var error = Assert.Throws<CheckpointException>(() => WeightSource.Open(folder.Root).Dispose());

        Assert.True(error.Message.Contains(words, StringComparison.Ordinal), $"{fault}: {error.Message}");
    }

    [Fact]
    public void A_folder_without_safetensors_says_what_it_holds()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["pytorch_model.bin"], "PK");

        Assert.Contains("pickled", Assert.Throws<CheckpointException>(() => WeightSource.Open(folder.Root)).Message, StringComparison.Ordinal);
        Assert.Contains("missing", Assert.Throws<CheckpointException>(() => WeightSource.Open(folder["none"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_shard_is_named()
    {
        using var folder = Sharded("""{"weight_map":{"a":"one.safetensors","b":"two.safetensors","c":"two.safetensors"}}""");
        File.WriteAllBytes(folder["two.safetensors"], File.ReadAllBytes(folder["two.safetensors"])[..^1]);

        var error = Assert.Throws<CheckpointException>(() => WeightSource.Open(folder.Root));

        Assert.Contains("two.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Contains("past the file's end", error.Message, StringComparison.Ordinal);
    }

    private static TempFolder Sharded(string index)
    {
        using var scope = NewDisposeScope();
        var folder = new TempFolder();
        SafeTensorsWriter.Write(folder["one.safetensors"], new Dictionary<string, Tensor> { ["a"] = tensor(1f) });
        SafeTensorsWriter.Write(folder["two.safetensors"], new Dictionary<string, Tensor> { ["b"] = tensor(2f), ["c"] = tensor(3f) });
        File.WriteAllText(folder["model.safetensors.index.json"], index);
        return folder;
    }
}
