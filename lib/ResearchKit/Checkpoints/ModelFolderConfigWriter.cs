using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>Writes a <see cref="ModelConfig"/> as the config.json that transformers reads.</summary>
internal static class ModelFolderConfigWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    internal static void Write(CausalLM model, string path)
    {
        var config = model.Config;
        var json = config.Family == ModelFamily.Gpt2 ? Gpt2(config) : Llama(config);
        json["architectures"] = new JsonArray(Architecture(config.Family));
        json["model_type"] = ModelFolderConfig.Families.Single(item => item.Value == config.Family).Key;
        json["vocab_size"] = config.VocabSize;
        json["tie_word_embeddings"] = config.TiedEmbeddings;
        json["initializer_range"] = config.InitializerRange;
        json["bos_token_id"] = config.BosId;
        json["eos_token_id"] = config.EosIds.Count switch
        {
            0 => null,
            1 => config.EosIds[0],
            _ => new JsonArray([.. config.EosIds.Select(id => JsonValue.Create(id))]),
        };
        json["pad_token_id"] = config.PadId;
        json["torch_dtype"] = TypeName(path, model.Dtype);
        json["use_cache"] = true;
        var sorted = new JsonObject(json.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => KeyValuePair.Create(item.Key, item.Value?.DeepClone())));
        DurableFile.Write(path, stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            sorted.WriteTo(writer, Indented);
        });
    }

    private static JsonObject Gpt2(ModelConfig config) => new()
    {
        ["n_embd"] = config.HiddenSize,
        ["n_layer"] = config.Layers,
        ["n_head"] = config.Heads,
        ["n_inner"] = config.IntermediateSize == 4 * config.HiddenSize ? null : config.IntermediateSize,
        ["n_positions"] = config.MaxPositions,
        ["activation_function"] = ActivationName(config),
        ["layer_norm_epsilon"] = config.NormEpsilon,
        ["attn_pdrop"] = 0.0,
        ["embd_pdrop"] = 0.0,
        ["resid_pdrop"] = 0.0,
    };

    private static JsonObject Llama(ModelConfig config)
    {
        var json = new JsonObject
        {
            ["hidden_size"] = config.HiddenSize,
            ["num_hidden_layers"] = config.Layers,
            ["num_attention_heads"] = config.Heads,
            ["num_key_value_heads"] = config.KeyValueHeads,
            ["head_dim"] = config.HeadSize,
            ["intermediate_size"] = config.IntermediateSize,
            ["max_position_embeddings"] = config.MaxPositions,
            ["hidden_act"] = ActivationName(config),
            ["rms_norm_eps"] = config.NormEpsilon,
            ["rope_theta"] = config.RotaryBase,
            ["rope_scaling"] = Scaling(config.RotaryScaling),
            ["attention_dropout"] = 0.0,
        };
        if (config.Family is ModelFamily.Llama or ModelFamily.Qwen3) json["attention_bias"] = config.AttentionOutputBias;
        if (config.Family == ModelFamily.Llama) json["mlp_bias"] = config.MlpBias;
        if (config.Family is ModelFamily.Mistral or ModelFamily.Qwen2 or ModelFamily.Qwen3) json["sliding_window"] = config.SlidingWindow;
        if (config.Family is ModelFamily.Qwen2 or ModelFamily.Qwen3)
        {
            json["use_sliding_window"] = config.SlidingWindow is not null;
            json["max_window_layers"] = config.SlidingWindow is null ? config.Layers : config.FirstWindowLayer;
        }
        return json;
    }

    private static JsonObject? Scaling(RotaryScaling? scaling) => scaling switch
    {
        LinearRotaryScaling linear => new JsonObject { ["rope_type"] = "linear", ["factor"] = linear.Factor },
        Llama3RotaryScaling llama => new JsonObject
        {
            ["rope_type"] = "llama3",
            ["factor"] = llama.Factor,
            ["low_freq_factor"] = llama.LowFrequencyFactor,
            ["high_freq_factor"] = llama.HighFrequencyFactor,
            ["original_max_position_embeddings"] = llama.OriginalMaxPositions,
        },
        _ => null,
    };

    private static string ActivationName(ModelConfig config) => config.Activation switch
    {
        Activation.GeluTanh => config.Family == ModelFamily.Gpt2 ? "gelu_new" : "gelu_pytorch_tanh",
        Activation.Gelu => "gelu",
        Activation.Relu => "relu",
        _ => "silu",
    };

    private static string Architecture(ModelFamily family) => family switch
    {
        ModelFamily.Gpt2 => "GPT2LMHeadModel",
        ModelFamily.Llama => "LlamaForCausalLM",
        ModelFamily.Mistral => "MistralForCausalLM",
        ModelFamily.Qwen2 => "Qwen2ForCausalLM",
        _ => "Qwen3ForCausalLM",
    };

    private static string TypeName(string path, ScalarType dtype) => dtype switch
    {
        ScalarType.Float32 => "float32",
        ScalarType.Float16 => "float16",
        ScalarType.BFloat16 => "bfloat16",
        ScalarType.Float64 => "float64",
        _ => throw new CheckpointException(path, "the weights' type has no name in config.json", dtype.ToString(), "float32, float16, bfloat16 or float64"),
    };
}
