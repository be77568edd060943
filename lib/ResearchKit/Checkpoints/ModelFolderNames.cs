using System.Text.RegularExpressions;
using ResearchKit.Models;

namespace ResearchKit.Checkpoints;

/// <summary>From the tensor names met in published files to the model's parameter names.</summary>
internal static partial class ModelFolderNames
{
    internal const string OutputLayer = "lm_head.weight";

    /// <summary>The parameter that a file's tensor belongs to; null for buffers that are no parameters (causal masks, rotary frequencies).</summary>
    internal static string? Parameter(ModelFamily family, string name)
    {
        if (Buffer().IsMatch(name)) return null;
        var prefix = family == ModelFamily.Gpt2 ? "transformer." : "model.";
        // Files of the bare decoder, such as the first published gpt2, have no prefix.
        return name == OutputLayer || name.StartsWith(prefix, StringComparison.Ordinal) ? name : prefix + name;
    }

    [GeneratedRegex(@"(^|\.)h\.\d+\.attn\.(masked_)?bias$|\.rotary_emb\.inv_freq$")]
    private static partial Regex Buffer();
}
