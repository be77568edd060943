using ResearchKit.Data;

namespace ResearchKit.Models;

/// <summary>Whether computing prompts once pays: multiplications of both ways, counted from the shapes.</summary>
internal static class SharedPromptEstimate
{
    // What sharing adds (one more attention call a layer, keys copied to each answer) costs about 5 % of the plain way beside
    // what is counted: so sharing gains at least some 3 %. Measured by rk bench --case prefix-estimate; see docs/performance.md.
    private const double WorthWhile = 0.92;

    // torch's attention passes over keys to the right of a query in whole blocks of this many.
    private const double KeyBlock = 512;

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
        double Attention(double queries, double keys) => 2 * width * queries * keys;
        double Causal(double queries, double keys) => Attention(queries, Math.Min(keys, (keys + KeyBlock) / 2));

        var plain = layers * (rows * length * linear + Causal(rows * length, length));
        var shared = layers * rows * answer * linear + layers * Attention(rows * answer, prefix + answer)
            + (layers - 1) * (prompts * prefix * linear + Causal(prompts * prefix, prefix)) + prompts * prefix * projections;
        return shared / plain;
    }
}
