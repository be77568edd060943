using System.Text.Json;
using System.Text.Json.Nodes;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>A LoRA adapter in PEFT's layout: adapter_config.json and adapter_model.safetensors.</summary>
public static class AdapterFolder
{
    private const string ConfigName = "adapter_config.json", WeightsName = "adapter_model.safetensors", Prefix = "base_model.model.";

    /// <summary>Writes the adapter; the base model's weights are not part of it.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="baseModel">What adapter_config.json names as base_model_name_or_path, if anything.</param>
    /// <exception cref="CheckpointException">The file system refused.</exception>
    public static void Save(LoraAdapter adapter, string folder, string? baseModel = null)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var tensors = adapter.Parameters().ToDictionary(item => Prefix + item.Name, item => (Tensor)item.Parameter, StringComparer.Ordinal);
        SafeTensorsWriter.Write(Path.Combine(folder, WeightsName), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        var json = new JsonObject
        {
            ["base_model_name_or_path"] = baseModel,
            ["bias"] = "none",
            ["fan_in_fan_out"] = adapter.Model.Config.Family == ModelFamily.Gpt2,
            ["inference_mode"] = true,
            ["init_lora_weights"] = true,
            ["lora_alpha"] = adapter.Options.Alpha,
            ["lora_dropout"] = 0.0,
            ["modules_to_save"] = null,
            ["peft_type"] = "LORA",
            ["r"] = adapter.Options.Rank,
            ["target_modules"] = new JsonArray([.. adapter.Options.TargetModules.Select(name => JsonValue.Create(name))]),
            ["task_type"] = "CAUSAL_LM",
        };
        DurableFile.Write(Path.Combine(folder, ConfigName), stream =>
        {
            using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
            json.WriteTo(writer);
        });
    }

    /// <summary>Attaches a saved adapter to a model.</summary>
    /// <param name="model">The base model that the adapter was trained on.</param>
    /// <param name="folder">The folder.</param>
    /// <returns>The adapter, trainable, not merged.</returns>
    /// <exception cref="CheckpointException">A file is missing or malformed, or a weight does not fit the model.</exception>
    public static LoraAdapter Load(CausalLM model, string folder)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var options = Options(Path.Combine(folder, ConfigName));
        var path = Path.Combine(folder, WeightsName);
        using var file = SafeTensorsFile.Open(path);
        var adapter = LoraAdapter.AttachUnset(model, options);
        try
        {
            Fill(adapter, file, path);
            return adapter;
        }
        catch
        {
            adapter.Unload();
            throw;
        }
    }

    private static LoraOptions Options(string path)
    {
        var fields = ModelFolderFields.Read(path);
        var type = fields.Text("peft_type");
        if (type != "LORA") throw fields.Unsupported("peft_type", $"'{type}'", "LORA");
        foreach (var name in new[] { "use_dora", "use_rslora" })
        {
            if (fields.OptionalBool(name) ?? false) throw fields.Unsupported(name, "true", "false");
        }
        if ((fields.OptionalText("bias") ?? "none") is var bias && bias != "none") throw fields.Unsupported("bias", $"'{bias}'", "none");
        if (fields.OptionalTexts("modules_to_save") is { Count: > 0 } modules) throw fields.Unsupported("modules_to_save", string.Join(", ", modules), "none");
        return new LoraOptions
        {
            Rank = fields.Int("r"),
            Alpha = fields.Double("lora_alpha"),
            TargetModules = fields.OptionalTexts("target_modules") ?? throw fields.Unsupported("target_modules", "no such field", "a list of module names"),
        };
    }

    private static void Fill(LoraAdapter adapter, SafeTensorsFile file, string path)
    {
        using var noGrad = no_grad();
        var parameters = adapter.Parameters().ToDictionary(item => Prefix + item.Name, item => (Tensor)item.Parameter, StringComparer.Ordinal);
        foreach (var (name, entry) in file.Entries)
        {
            if (!parameters.Remove(name, out var parameter))
                throw new CheckpointException(path, "the adapter has no such weight on this model", $"a tensor [{string.Join(',', entry.Shape)}]", "only A and B of the target modules", name);
            if (!entry.Shape.SequenceEqual(parameter.shape))
                throw new CheckpointException(path, "the weight's shape does not fit the model and the rank", $"[{string.Join(',', entry.Shape)}]", $"[{string.Join(',', parameter.shape)}]", name);
            using var read = file.Read(name, parameter.dtype);
            parameter.copy_(read);
        }
        if (parameters.Count > 0)
        {
            var (name, parameter) = parameters.First();
            throw new CheckpointException(path, "a weight of the adapter is missing", "no such tensor", $"a tensor [{string.Join(',', parameter.shape)}]", name);
        }
    }
}
