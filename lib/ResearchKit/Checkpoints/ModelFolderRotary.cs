using ResearchKit.Models;

namespace ResearchKit.Checkpoints;

/// <summary>The rotary part of config.json: rope_theta and rope_scaling, or transformers 5's rope_parameters.</summary>
internal static class ModelFolderRotary
{
    internal static (double Base, RotaryScaling? Scaling) Read(ModelFolderFields fields)
    {
        if (fields.OptionalObject("rope_parameters") is { } parameters)
            return (parameters.OptionalDouble("rope_theta") ?? fields.OptionalDouble("rope_theta") ?? 10_000, Scaling(parameters));
        var scaling = fields.OptionalObject("rope_scaling");
        return (fields.OptionalDouble("rope_theta") ?? 10_000, scaling is null ? null : Scaling(scaling));
    }

    private static RotaryScaling? Scaling(ModelFolderFields fields)
    {
        var name = fields.Has("rope_type") ? "rope_type" : "type"; // older files say type
        switch (fields.Text(name))
        {
            case "default":
                return null;
            case "linear":
                return new LinearRotaryScaling(Positive(fields, "factor"));
            case "llama3":
                var (low, high) = (Positive(fields, "low_freq_factor"), Positive(fields, "high_freq_factor"));
                if (high <= low) throw fields.Unsupported("high_freq_factor", $"{high}", $"more than low_freq_factor, {low}");
                return new Llama3RotaryScaling(Positive(fields, "factor"), low, high, fields.Int("original_max_position_embeddings"));
            case var other:
                throw fields.Unsupported(name, $"'{other}'", "default, linear or llama3");
        }
    }

    private static double Positive(ModelFolderFields fields, string name)
    {
        var value = fields.Double(name);
        return value > 0 ? value : throw fields.Unsupported(name, $"{value}", "a number above 0");
    }
}
