using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Models;
using ResearchKit.Tests.Models;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Checkpoints;

public sealed class ModelFolderTests
{
    public static IEnumerable<TheoryDataRow<ModelFamily>> Families() => TinyModels.Families.Select(family => new TheoryDataRow<ModelFamily>(family));

    [Theory]
    [MemberData(nameof(Families))]
    public void A_model_saved_loaded_and_saved_again_is_the_same_file(ModelFamily family)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var (first, second) = (Path.Combine(folder.Root, "first"), Path.Combine(folder.Root, "second"));
        using var model = TinyModels.Create(family);
        ModelFolder.Save(model, first);
        using var loaded = ModelFolder.Load(first);
        ModelFolder.Save(loaded.Model, second);

        Assert.Equal(Files(first), Files(second));
        Assert.Equal(["config.json", "model.safetensors"], Files(first).Keys);
        Assert.Equal(model.Config with { EosIds = [] }, loaded.Model.Config with { EosIds = [] });
        Assert.True(TinyModels.SameBits(model.Forward(TinyModels.Ids(2, 9)), loaded.Model.Forward(TinyModels.Ids(2, 9))));
    }

    [Theory]
    [InlineData("golden")]
    [InlineData("stories")]
    public void What_others_saved_keeps_its_weights_bytes(string which)
    {
        using var folder = new TempFolder();
        var sources = which == "stories"
            ? [Checkout.Shared("models/stories260K")]
            : GoldenModelFolder.All().Where(path => Path.GetFileName(path) is not ("gemma2" or "gpt2-hub-names")).ToArray();
        foreach (var source in sources)
        {
            var target = Path.Combine(folder.Root, Path.GetFileName(source));
            using var before = WeightSource.Open(source);
            var stored = before.Entries.Values.First().DType;
            using (var loaded = ModelFolder.Load(source, dtype: stored)) ModelFolder.Save(loaded.Model, target);
            using var after = WeightSource.Open(target);

            Assert.Equal(before.Entries.Keys.Order(StringComparer.Ordinal), after.Entries.Keys.Order(StringComparer.Ordinal));
            foreach (var name in before.Entries.Keys)
            {
                using var old = before.Read(name);
                using var saved = after.Read(name);
                Assert.True(TinyModels.SameBits(old, saved), $"{source} {name}");
            }
            SameFields(Path.Combine(source, "config.json"), Path.Combine(target, "config.json"));
            Assert.Equal(ModelFolderConfig.Read(Path.Combine(source, "config.json")) with { EosIds = [] }, ModelFolderConfig.Read(Path.Combine(target, "config.json")) with { EosIds = [] });
        }
    }

    [Fact]
    public void A_model_in_shards_is_the_same_model_and_replaces_an_earlier_layout()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = TinyModels.Create(ModelFamily.Llama);
        ModelFolder.Save(model, folder.Root);
        var bytes = model.parameters().Sum(parameter => parameter.NumberOfElements * 4);
        ModelFolder.Save(model, folder.Root, maxShardBytes: bytes / 3);
        var names = Files(folder.Root).Keys.ToList();

        Assert.DoesNotContain("model.safetensors", names);
        Assert.Contains("model.safetensors.index.json", names);
        Assert.Contains("model-00001-of-00004.safetensors", names);
        using (var loaded = ModelFolder.Load(folder.Root))
            Assert.All(model.parameters().Zip(loaded.Model.parameters()), pair => Assert.True(TinyModels.SameBits(pair.First, pair.Second)));

        ModelFolder.Save(model, folder.Root);
        Assert.Equal(["config.json", "model.safetensors"], Files(folder.Root).Keys);
    }

    [Fact]
    public void Half_precision_is_kept_where_asked_for()
    {
        using var folder = new TempFolder();
        var source = Path.Combine(Checkout.Root, "tests", "golden", "models", "llama3-bf16");
        using var loaded = ModelFolder.Load(source, dtype: ScalarType.BFloat16);
        ModelFolder.Save(loaded.Model, folder.Root);

        Assert.Equal(ScalarType.BFloat16, loaded.Model.Dtype);
        Assert.Contains("\"torch_dtype\": \"bfloat16\"", File.ReadAllText(Path.Combine(folder.Root, "config.json")), StringComparison.Ordinal);
        using var scope = NewDisposeScope();
        Assert.True(loaded.Model.Forward(TinyModels.Ids(1, 5)).isfinite().all().item<bool>());
    }

    [Fact]
    public void Stop_tokens_come_from_the_generation_config_first()
    {
        using var folder = new TempFolder();
        using var model = TinyModels.Create();
        ModelFolder.Save(model, folder.Root);
        File.WriteAllText(Path.Combine(folder.Root, "generation_config.json"), """{"eos_token_id": [5, 7]}""");
        using var loaded = ModelFolder.Load(folder.Root);

        Assert.Equal([5, 7], loaded.StopTokens);
    }

    [Theory]
    [InlineData("missing", "a weight is missing", "model.norm.weight")]
    [InlineData("extra", "no such weight", "model.layers.7.mlp.up_proj.weight")]
    [InlineData("shape", "[24,3]", "model.layers.0.self_attn.q_proj.weight")]
    [InlineData("type", "floating", "model.norm.weight")]
    [InlineData("twice", "twice", "norm.weight")]
    public void A_weight_that_does_not_fit_is_named_with_found_and_expected(string fault, string expected, string tensorName)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = TinyModels.Create(ModelFamily.Llama);
        ModelFolder.Save(model, folder.Root);
        var weights = model.named_parameters().ToDictionary(item => item.name, item => (Tensor)item.parameter);
        if (fault == "missing") weights.Remove(tensorName);
        if (fault is "extra" or "twice") weights[tensorName] = ones(24);
        if (fault == "shape") weights[tensorName] = ones(24, 3);
        if (fault == "type") weights[tensorName] = ones([24], ScalarType.Int32);
        SafeTensorsWriter.Write(Path.Combine(folder.Root, "model.safetensors"), weights);

        var error = Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Root));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains(tensorName, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tied_output_layer_in_the_file_must_be_the_embedding()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = TinyModels.Create();
        ModelFolder.Save(model, folder.Root);
        var weights = model.named_parameters().ToDictionary(item => item.name, item => (Tensor)item.parameter);
        weights["lm_head.weight"] = weights["transformer.wte.weight"].detach().clone();
        SafeTensorsWriter.Write(Path.Combine(folder.Root, "model.safetensors"), weights);
        ModelFolder.Load(folder.Root).Dispose();
        weights["lm_head.weight"][3, 4] += 1;
        SafeTensorsWriter.Write(Path.Combine(folder.Root, "model.safetensors"), weights);

        Assert.Equal("lm_head.weight", Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Root)).Tensor);
    }

    [Fact]
    public void A_failed_load_leaves_no_tensor_behind()
    {
        using var folder = new TempFolder();
        using var model = TinyModels.Create(ModelFamily.Llama);
        ModelFolder.Save(model, folder.Root);
        using (NewDisposeScope())
            SafeTensorsWriter.Write(Path.Combine(folder.Root, "model.safetensors"), new Dictionary<string, Tensor> { ["model.norm.weight"] = ones(24) });
        var before = TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Root));

        Assert.Equal(before, TorchSharp.DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    /// <summary>What both files say is the same, so the official classes read the same model; dropout and unused windows aside.</summary>
    private static void SameFields(string before, string after)
    {
        string[] aside = ["attn_pdrop", "embd_pdrop", "resid_pdrop", "sliding_window", "max_window_layers"];
        var (old, saved) = (Parse(before), Parse(after));
        foreach (var (name, value) in old.Where(field => saved.ContainsKey(field.Key) && !aside.Contains(field.Key)))
            Assert.True(JsonNode.DeepEquals(value, saved[name]) || (name == "head_dim" && value is null), $"{before} {name}: {value} became {saved[name]}");

        static JsonObject Parse(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
    }

    private static SortedDictionary<string, string> Files(string folder) => new(
        Directory.GetFiles(folder).ToDictionary(path => Path.GetFileName(path), path => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))),
        StringComparer.Ordinal);
}
