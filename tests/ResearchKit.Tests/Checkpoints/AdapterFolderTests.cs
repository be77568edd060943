using ResearchKit.Checkpoints;
using ResearchKit.Models;
using ResearchKit.Tests.Models;
using ResearchKit.Tests.Support;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Checkpoints;

public sealed class AdapterFolderTests
{
    [Theory]
    [InlineData(ModelFamily.Gpt2, "c_attn", "c_proj")]
    [InlineData(ModelFamily.Llama, "q_proj", "v_proj")]
    public void A_saved_adapter_loads_onto_its_base_and_saves_to_the_same_bytes(ModelFamily family, params string[] targets)
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        var (first, second) = (Path.Combine(folder.Root, "first"), Path.Combine(folder.Root, "second"));
        using var model = TinyModels.Create(family);
        using var fresh = model.Copy();
        var adapter = LoraAdapterTests.Attach(model, targets);
        LoraAdapterTests.Train(model, TinyModels.Ids(2, 8));
        AdapterFolder.Save(adapter, first, "base");
        var loaded = AdapterFolder.Load(fresh, first);
        AdapterFolder.Save(loaded, second, "base");

        Assert.True(TinyModels.SameBits(model.Forward(TinyModels.Ids(2, 8)), fresh.Forward(TinyModels.Ids(2, 8))));
        foreach (var name in new[] { "adapter_config.json", "adapter_model.safetensors" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(first, name)), File.ReadAllBytes(Path.Combine(second, name)));
        using var file = SafeTensorsFile.Open(Path.Combine(first, "adapter_model.safetensors"));
        Assert.Contains(family == ModelFamily.Gpt2 ? "base_model.model.transformer.h.0.attn.c_attn.lora_A.weight" : "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight", file.Entries.Keys);
    }

    [Fact]
    public void An_adapter_that_does_not_fit_is_refused_and_leaves_the_model_as_it_was()
    {
        using var folder = new TempFolder();
        using var model = TinyModels.Create(ModelFamily.Llama);
        using var other = TinyModels.Create(ModelFamily.Llama);
        AdapterFolder.Save(LoraAdapterTests.Attach(model, "q_proj"), folder.Root);
        var config = Path.Combine(folder.Root, "adapter_config.json");
        var text = File.ReadAllText(config);

        File.WriteAllText(config, text.Replace("\"r\": 4", "\"r\": 5", StringComparison.Ordinal));
        Assert.Contains("lora_A.weight", Assert.Throws<CheckpointException>(() => AdapterFolder.Load(other, folder.Root)).Message, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace("\"q_proj\"", "\"q_proj\", \"v_proj\"", StringComparison.Ordinal));
        Assert.Contains("v_proj", Assert.Throws<CheckpointException>(() => AdapterFolder.Load(other, folder.Root)).Message, StringComparison.Ordinal);
        File.WriteAllText(config, text.Replace("LORA", "IA3", StringComparison.Ordinal));
        Assert.Contains("'IA3'", Assert.Throws<CheckpointException>(() => AdapterFolder.Load(other, folder.Root)).Message, StringComparison.Ordinal);

        Assert.Null(other.Adapter);
        Assert.All(other.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void A_model_is_saved_with_its_adapter_only_when_merged()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = TinyModels.Create(ModelFamily.Llama);
        var adapter = LoraAdapterTests.Attach(model, "q_proj");
        LoraAdapterTests.Train(model, TinyModels.Ids(2, 8));

        Assert.Contains("merge", Assert.Throws<CheckpointException>(() => ModelFolder.Save(model, folder.Root)).Message, StringComparison.Ordinal);
        adapter.Merge();
        ModelFolder.Save(model, folder.Root);
        using var loaded = ModelFolder.Load(folder.Root);
        Assert.True(TinyModels.SameBits(model.Forward(TinyModels.Ids(2, 8)), loaded.Model.Forward(TinyModels.Ids(2, 8))));
    }
}
