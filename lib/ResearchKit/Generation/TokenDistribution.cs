using static TorchSharp.torch;

namespace ResearchKit.Generation;

/// <summary>What tokens are drawn from: the softmax of the tempered logits, cut to the top k and the top p.</summary>
internal static class TokenDistribution
{
    /// <summary>Probabilities [B,V] of logits [B,V]; those cut off are 0, the others sum to 1.</summary>
    internal static Tensor Probabilities(Tensor logits, SamplingOptions options)
    {
        using var scope = NewDisposeScope();
        var tempered = options.Temperature == 1 ? logits : logits.div(options.Temperature);
        var cutK = options.TopK > 0 && options.TopK < logits.shape[1];
        if (!cutK && options.TopP >= 1) return tempered.softmax(1).MoveToOuterDisposeScope();

        var (best, index) = cutK ? tempered.topk(options.TopK, 1) : tempered.sort(1, descending: true);
        var kept = best.softmax(1);
        if (options.TopP < 1)
        {
            // A token stays while the likelier ones have not reached p, so the first always does.
            var before = kept.cumsum(1).sub(kept);
            kept = kept.masked_fill(before.ge(options.TopP), 0);
            kept = kept.div(kept.sum(1, keepdim: true));
        }
        return zeros_like(logits).scatter(1, index, kept).MoveToOuterDisposeScope();
    }

    /// <summary>The token [B] at which the running sum of probabilities [B,V] passes the uniform number [B] (float64).</summary>
    internal static Tensor Draw(Tensor probabilities, Tensor uniform)
    {
        using var scope = NewDisposeScope();
        var running = probabilities.cumsum(1, ScalarType.Float64);
        var target = uniform.unsqueeze(1).mul(running.narrow(1, running.shape[1] - 1, 1));
        return searchsorted(running, target, right: true).clamp_max(running.shape[1] - 1).squeeze(1).MoveToOuterDisposeScope();
    }
}
