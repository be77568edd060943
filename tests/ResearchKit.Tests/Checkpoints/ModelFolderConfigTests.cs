using System.Text.Json.Nodes;
using ResearchKit.Checkpoints;
using ResearchKit.Models;
using ResearchKit.Tests.Support;

namespace ResearchKit.Tests.Checkpoints;

public sealed class ModelFolderConfigTests
{
    private static readonly string Golden = Path.Combine(Checkout.Root, "tests", "golden", "models");

    [Theory]
    [InlineData("llama", """{"hidden_size": null}""", "'hidden_size' is missing")]
    [InlineData("llama", """{"rms_norm_eps": null}""", "'rms_norm_eps' is missing")]
    [InlineData("llama", """{"hidden_size": "48"}""", "'hidden_size' has the wrong type: found \"48\"")]
    [InlineData("llama", """{"hidden_size": 4.5}""", "'hidden_size' has the wrong type")]
    [InlineData("llama", """{"tie_word_embeddings": 1}""", "'tie_word_embeddings' has the wrong type")]
    [InlineData("llama", """{"model_type": "mamba"}""", "the family 'mamba', expected one of gpt2, llama")]
    [InlineData("llama", """{"num_key_value_heads": 3}""", "multiple")]
    [InlineData("llama", """{"head_dim": null, "num_attention_heads": 5}""", "5 heads on 48 dimensions")]
    [InlineData("llama", """{"hidden_act": "gelu_10"}""", "'gelu_10'")]
    [InlineData("llama", """{"rope_scaling": {"rope_type": "yarn", "factor": 2.0}}""", "'rope_scaling.rope_type' has a value that the kit does not cover: found 'yarn'")]
    [InlineData("llama3", """{"rope_scaling": {"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 4.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 64}}""", "high_freq_factor")]
    [InlineData("llama", """{"quantization_config": {}}""", "quantised")]
    [InlineData("llama", """{"eos_token_id": "x"}""", "'eos_token_id' has the wrong type")]
    [InlineData("llama", """{"num_hidden_layers": 0}""", "at least 1")]
    [InlineData("gpt2", """{"n_head": 5}""", "5 heads on 48 dimensions")]
    [InlineData("gpt2", """{"scale_attn_by_inverse_layer_idx": true}""", "scale_attn_by_inverse_layer_idx")]
    [InlineData("gemma2", "{}", "gemma2")]
    public void A_faulty_config_is_refused_with_file_field_found_and_expected(string source, string change, string expected)
    {
        using var folder = new TempFolder();
        var path = Write(folder, source, change);

        var error = Assert.Throws<CheckpointException>(() => ModelFolderConfig.Read(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("config.json", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[1]")]
    [InlineData("")]
    public void What_is_not_a_JSON_object_is_refused(string text)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Root, "config.json");
        File.WriteAllText(path, text);

        Assert.Throws<CheckpointException>(() => ModelFolderConfig.Read(path));
    }

    [Fact]
    public void A_missing_folder_or_config_is_refused()
    {
        using var folder = new TempFolder();

        Assert.Throws<CheckpointException>(() => ModelFolder.Load(folder.Root));
        Assert.Throws<CheckpointException>(() => ModelFolder.Load(Path.Combine(folder.Root, "absent")));
    }

    [Fact]
    public void Transformers_5_names_mean_the_same()
    {
        using var folder = new TempFolder();
        var old = ModelFolderConfig.Read(Path.Combine(Golden, "llama3", "config.json"));
        var path = Write(folder, "llama3", """
            {"rope_theta": null, "rope_scaling": null, "torch_dtype": null, "dtype": "float32", "rope_parameters":
             {"rope_theta": 500000.0, "rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 64}}
            """);

        Assert.Equal(old with { EosIds = [] }, ModelFolderConfig.Read(path) with { EosIds = [] });
    }

    [Theory]
    [InlineData("mistral", "{}", 7, 0)]
    [InlineData("mistral", """{"sliding_window": null}""", null, 0)]
    [InlineData("qwen2", "{}", null, 0)]
    [InlineData("qwen2", """{"use_sliding_window": true}""", 6, 1)]
    [InlineData("qwen2", """{"use_sliding_window": true, "layer_types": ["sliding_attention", "sliding_attention"]}""", 6, 0)]
    public void A_window_holds_where_its_family_says(string source, string change, int? window, int firstLayer)
    {
        using var folder = new TempFolder();
        var config = ModelFolderConfig.Read(Write(folder, source, change));

        Assert.Equal(window, config.SlidingWindow);
        Assert.Equal(firstLayer, config.FirstWindowLayer);
    }

    [Fact]
    public void Absent_fields_take_the_classes_defaults()
    {
        using var folder = new TempFolder();
        var llama = ModelFolderConfig.Read(Write(folder, "llama", """{"num_key_value_heads": null, "head_dim": null, "rope_theta": null, "tie_word_embeddings": null}"""));
        var gpt2 = ModelFolderConfig.Read(Path.Combine(Golden, "gpt2", "config.json"));

        Assert.Equal((4, 12, 10_000.0, false), (llama.KeyValueHeads, llama.HeadSize, llama.RotaryBase, llama.TiedEmbeddings));
        Assert.Equal((192, true, Activation.GeluTanh), (gpt2.IntermediateSize, gpt2.TiedEmbeddings, gpt2.Activation));
    }

    private static string Write(TempFolder folder, string source, string change)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Golden, source, "config.json")))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) json[name] = value?.DeepClone();
        var path = Path.Combine(folder.Root, "config.json");
        File.WriteAllText(path, json.ToJsonString());
        return path;
    }
}
