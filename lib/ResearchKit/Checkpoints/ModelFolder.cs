using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Checkpoints;

/// <summary>
/// A model in Hugging Face's folder layout: config.json and model.safetensors, or shards with their index, under the
/// official tensor names; transformers reads what is saved here, and the kit reads what transformers saves.
/// </summary>
public static class ModelFolder
{
    /// <summary>The largest file that <see cref="Save"/> writes by default, as in transformers.</summary>
    public const long DefaultShardBytes = 5_000_000_000;

    /// <summary>Reads a model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="device">Where the weights go; the CPU by default.</param>
    /// <param name="dtype">Their element type; float32 by default, whatever the file stores.</param>
    /// <exception cref="CheckpointException">
    /// A file is missing or malformed, the family is not covered, or a weight is missing, extra, of another shape or
    /// type; the message names the file, field or tensor, what was found and what was expected.
    /// </exception>
    public static LoadedModel Load(string folder, Device? device = null, ScalarType? dtype = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new CheckpointException($"{folder}: there is no such folder; expected one with {ModelFolderConfig.FileName} and model.safetensors.");
        var config = ModelFolderConfig.Read(Path.Combine(folder, ModelFolderConfig.FileName));
        var stops = StopTokens(folder, config);
        using var source = WeightSource.Open(folder);
        var model = CausalLM.CreateUnset(config, device ?? CPU, dtype ?? ScalarType.Float32);
        try
        {
            ModelFolderWeights.Fill(model, source, folder);
            return new LoadedModel(model, stops);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes config.json and the weights in their own element type. Each file is written beside and renamed; weights of
    /// an earlier save that are no longer part of the model are removed. The same weights give the same bytes.
    /// </summary>
    /// <param name="model">The model; an attached adapter must be merged, or saved by itself (<see cref="AdapterFolder"/>).</param>
    /// <param name="folder">The folder, made where it is missing.</param>
    /// <param name="maxShardBytes">Weights beyond this are split into several files with an index.</param>
    /// <exception cref="CheckpointException">An adapter is attached and not merged, or the file system refused.</exception>
    public static void Save(CausalLM model, string folder, long maxShardBytes = DefaultShardBytes)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxShardBytes);
        if (model.Adapter is { Merged: false })
            throw new CheckpointException($"{folder}: the model has an adapter that is not merged; merge or unload it first, or save it with AdapterFolder.Save.");
        ModelFolderWeights.Write(model, folder, maxShardBytes);
        ModelFolderConfigWriter.Write(model, Path.Combine(folder, ModelFolderConfig.FileName));
    }

    private static IReadOnlyList<int> StopTokens(string folder, ModelConfig config)
    {
        var path = Path.Combine(folder, "generation_config.json");
        if (!File.Exists(path)) return config.EosIds;
        var ids = ModelFolderFields.Read(path).Ids("eos_token_id");
        return ids.Count > 0 ? ids : config.EosIds;
    }
}
