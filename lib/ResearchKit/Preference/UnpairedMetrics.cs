using static ResearchKit.Preference.TokenStatistics;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The batch metrics of unpaired losses under TRL's names (huggingface/trl f2cd577, trl/trainer/kto_trainer.py, _compute_loss).
/// </summary>
public static class UnpairedMetrics
{
    /// <summary>kl, entropy and, for each kind of answer that the batch holds, logits/*, logps/* and rewards/*; rewards/margins where it holds both.</summary>
    /// <param name="policyLogits">Policy logits [N,T,V].</param>
    /// <param name="completionMask">1 on answer tokens [N,T].</param>
    /// <param name="desirable">1 on good answers, 0 on bad ones [N].</param>
    /// <param name="logProbs">Sequence log-probabilities under the policy [N].</param>
    /// <param name="answers">What <see cref="KtoLoss"/> gave for the good and the bad rows.</param>
    /// <param name="baseline">The z that it used.</param>
    public static IReadOnlyDictionary<string, double> Batch(
        Tensor policyLogits, Tensor completionMask, Tensor desirable, Tensor logProbs, PreferenceLoss answers, double baseline)
    {
        ArgumentNullException.ThrowIfNull(policyLogits);
        ArgumentNullException.ThrowIfNull(completionMask);
        ArgumentNullException.ThrowIfNull(desirable);
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(answers);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var scored = policyLogits.shape[1] - 1;
        var logits = policyLogits.narrow(1, 0, scored);                                     // [N,T-1,V]
        var mask = completionMask.narrow(1, 1, scored).ne(0);                               // [N,T-1]
        var metrics = new Dictionary<string, double> { ["kl"] = baseline, ["entropy"] = MeanOrZero(Entropy(Wide(logits[mask]))) };
        foreach (var (kind, rows, rewards) in new[] { ("chosen", desirable.ne(0), answers.ChosenRewards), ("rejected", desirable.eq(0), answers.RejectedRewards) })
        {
            if (rewards.numel() == 0) continue;
            metrics["rewards/" + kind] = MeanOrZero(rewards);
            metrics["logps/" + kind] = MeanOrZero(logProbs[rows]);
            var tokens = logits[mask.logical_and(rows.unsqueeze(-1))];                      // [tokens,V]
            if (tokens.shape[0] > 0) metrics["logits/" + kind] = MeanOrZero(Wide(tokens).mean([-1]));
        }
        if (metrics.TryGetValue("rewards/chosen", out var good) && metrics.TryGetValue("rewards/rejected", out var bad)) metrics["rewards/margins"] = good - bad;
        return metrics;
    }
}
