using ResearchKit.Models;

namespace ResearchKit.Checkpoints;

/// <summary>
/// Reads Hugging Face's config.json into a <see cref="ModelConfig"/>. Sizes and epsilons must be there; what is absent
/// otherwise takes the default of transformers' configuration class of that family.
/// </summary>
internal static class ModelFolderConfig
{
    internal const string FileName = "config.json";

    /// <summary>The covered families by their model_type.</summary>
    internal static IReadOnlyDictionary<string, ModelFamily> Families { get; } = new Dictionary<string, ModelFamily>
    {
        ["gpt2"] = ModelFamily.Gpt2,
        ["llama"] = ModelFamily.Llama,
        ["mistral"] = ModelFamily.Mistral,
        ["qwen2"] = ModelFamily.Qwen2,
        ["qwen3"] = ModelFamily.Qwen3,
    };

    internal static ModelConfig Read(string path)
    {
        var fields = ModelFolderFields.Read(path);
        var type = fields.Text("model_type");
        if (!Families.TryGetValue(type, out var family))
            throw fields.Unsupported("model_type", $"the family '{type}'", $"one of {string.Join(", ", Families.Keys)}");
        if (fields.Has("quantization_config"))
            throw fields.Unsupported("quantization_config", "quantised weights", "a folder of plain weights (float32, float16 or bfloat16)");
        var config = family == ModelFamily.Gpt2 ? Gpt2(fields) : Llama(fields, family);
        try
        {
            config.Validate();
        }
        catch (ModelException error)
        {
            throw new CheckpointException($"{path}: no model of this shape can exist: {error.Message}", error);
        }
        return config;
    }

    private static ModelConfig Gpt2(ModelFolderFields fields)
    {
        Require(fields, "scale_attn_weights", true, absent: true);
        Require(fields, "scale_attn_by_inverse_layer_idx", false, absent: false);
        Require(fields, "add_cross_attention", false, absent: false);
        var (width, heads) = (fields.Int("n_embd"), fields.Int("n_head"));
        if (heads < 1 || width % heads != 0)
            throw fields.Unsupported("n_head", $"{heads} heads on {width} dimensions", "a number of heads that divides n_embd");
        return Common(fields, ModelFamily.Gpt2, "activation_function", tied: true) with
        {
            HiddenSize = width,
            Layers = fields.Int("n_layer"),
            Heads = heads,
            KeyValueHeads = heads,
            HeadSize = width / heads,
            IntermediateSize = fields.OptionalInt("n_inner") ?? 4 * width,
            MaxPositions = fields.Int("n_positions"),
            NormEpsilon = fields.Double("layer_norm_epsilon"),
            QueryKeyValueBias = true,
            AttentionOutputBias = true,
            MlpBias = true,
        };
    }

    private static ModelConfig Llama(ModelFolderFields fields, ModelFamily family)
    {
        var (width, heads) = (fields.Int("hidden_size"), fields.Int("num_attention_heads"));
        var headSize = fields.OptionalInt("head_dim");
        if (headSize is null && (heads < 1 || width % heads != 0))
            throw fields.Unsupported("num_attention_heads", $"{heads} heads on {width} dimensions", "a number of heads that divides hidden_size, or a head_dim");
        var attentionBias = family is ModelFamily.Llama or ModelFamily.Qwen3 && (fields.OptionalBool("attention_bias") ?? false);
        var (window, firstWindowLayer) = ModelFolderWindow.Read(fields, family);
        var (rotaryBase, scaling) = ModelFolderRotary.Read(fields);
        return Common(fields, family, "hidden_act", tied: false) with
        {
            HiddenSize = width,
            Layers = fields.Int("num_hidden_layers"),
            Heads = heads,
            KeyValueHeads = fields.OptionalInt("num_key_value_heads") ?? heads,
            HeadSize = headSize ?? width / heads,
            IntermediateSize = fields.Int("intermediate_size"),
            MaxPositions = fields.Int("max_position_embeddings"),
            NormEpsilon = fields.Double("rms_norm_eps"),
            QueryKeyValueBias = attentionBias || family == ModelFamily.Qwen2,
            AttentionOutputBias = attentionBias,
            MlpBias = family == ModelFamily.Llama && (fields.OptionalBool("mlp_bias") ?? false),
            RotaryBase = rotaryBase,
            RotaryScaling = scaling,
            SlidingWindow = window,
            FirstWindowLayer = firstWindowLayer,
        };
    }

    private static ModelConfig Common(ModelFolderFields fields, ModelFamily family, string activation, bool tied) => new()
    {
        Family = family,
        VocabSize = fields.Int("vocab_size"),
        HiddenSize = 0,
        Layers = 0,
        Heads = 0,
        KeyValueHeads = 0,
        HeadSize = 0,
        IntermediateSize = 0,
        MaxPositions = 0,
        Activation = ParseActivation(fields, activation),
        TiedEmbeddings = fields.OptionalBool("tie_word_embeddings") ?? tied,
        InitializerRange = fields.OptionalDouble("initializer_range") ?? 0.02,
        BosId = fields.OptionalInt("bos_token_id"),
        EosIds = fields.Ids("eos_token_id"),
        PadId = fields.OptionalInt("pad_token_id"),
    };

    private static Activation ParseActivation(ModelFolderFields fields, string name) => fields.Text(name) switch
    {
        "gelu_new" or "gelu_pytorch_tanh" or "gelu_fast" => Activation.GeluTanh,
        "gelu" => Activation.Gelu,
        "silu" or "swish" => Activation.Silu,
        "relu" => Activation.Relu,
        var other => throw fields.Unsupported(name, $"'{other}'", "gelu_new, gelu_pytorch_tanh, gelu, silu or relu"),
    };

    private static void Require(ModelFolderFields fields, string name, bool expected, bool absent)
    {
        var found = fields.OptionalBool(name) ?? absent;
        if (found != expected) throw fields.Unsupported(name, found ? "true" : "false", expected ? "true" : "false");
    }
}
