using ResearchKit.Models;

namespace ResearchKit.Checkpoints;

/// <summary>The sliding window of config.json: each family says differently on which layers it holds.</summary>
internal static class ModelFolderWindow
{
    private const int ClassDefault = 4096;

    internal static (int? Window, int FirstLayer) Read(ModelFolderFields fields, ModelFamily family)
    {
        switch (family)
        {
            case ModelFamily.Mistral:
                // An absent field is the class's 4096; an explicit null (which reads as absent) switches it off.
                return (fields.OptionalInt("sliding_window") ?? (fields.Mentions("sliding_window") ? null : ClassDefault), 0);
            case ModelFamily.Qwen2 or ModelFamily.Qwen3 when fields.OptionalBool("use_sliding_window") ?? false:
                var window = fields.OptionalInt("sliding_window") ?? (fields.Mentions("sliding_window") ? null : ClassDefault);
                return (window, FirstLayer(fields));
            default:
                return (null, 0);
        }
    }

    private static int FirstLayer(ModelFolderFields fields)
    {
        if (fields.OptionalTexts("layer_types") is not { } types) return fields.OptionalInt("max_window_layers") ?? 28;
        var full = types.TakeWhile(type => type == "full_attention").Count();
        if (types.Skip(full).Any(type => type != "sliding_attention"))
            throw fields.Unsupported("layer_types", string.Join(", ", types), "full_attention on the first layers and sliding_attention on the rest");
        return full;
    }
}
