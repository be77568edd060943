using ResearchKit.Data;

namespace ResearchKit.Models;

/// <summary>Whether computing prompts once pays: multiplications of both ways, counted from the shapes.</summary>
internal static class SharedPromptEstimate
{
    // What sharing adds (one more attention call a layer, keys copied to each answer) eats a gain smaller than this.
    private const double WorthWhile = 0.92;

    // A product inside attention takes about this many times one in a linear layer.
    private const double AttentionWeight = 2;

    /// <summary>False also for a sliding window, which the shared pass does not know, and for prompts of one token.</summary>
    internal static bool Pays(ModelConfig config, SharedPromptBatch batch) =>
        batch.Answers > 1 && batch.Prefix.shape[1] > 0 && config.SlidingWindow is null && Share(config, batch) < WorthWhile;

    /// <summary>The shared way's cost over the plain way's.</summary>
    internal static double Share(ModelConfig config, SharedPromptBatch batch)
    {
        double layers = config.Layers, width = config.Heads * config.HeadSize, keys = config.KeyValueHeads * config.HeadSize;
        var projections = config.HiddenSize * (width + 2 * keys);
        var linear = projections + config.HiddenSize * width + (config.GatedMlp ? 3 : 2) * (double)config.HiddenSize * config.IntermediateSize;
        double rows = batch.Rows.shape[0], length = batch.Rows.shape[1], prompts = batch.Prompts, prefix = batch.Prefix.shape[1], answer = batch.Inputs.shape[1];
        double Attention(double queries, double seen) => 2 * AttentionWeight * width * queries * seen;

        var plain = layers * (rows * length * linear + Attention(rows * length, length / 2));
        var shared = layers * rows * answer * linear + layers * Attention(rows * answer, prefix + answer)
            + (layers - 1) * (prompts * prefix * linear + Attention(prompts * prefix, prefix / 2)) + prompts * prefix * projections;
        return shared / plain;
    }
}
