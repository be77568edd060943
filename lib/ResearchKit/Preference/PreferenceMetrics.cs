using ResearchKit.Data;
using static ResearchKit.Preference.TokenStatistics;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>
/// The 16 metrics that TRL's DPO trainer logs by default, under TRL's names (huggingface/trl f2cd577,
/// docs/source/dpo_trainer.md "Logged metrics"; trl/trainer/dpo_trainer.py, _compute_loss): ten of them are a batch's
/// (<see cref="Batch"/>), six are the loop's (<see cref="Step"/>).
/// </summary>
public static class PreferenceMetrics
{
    /// <summary>All 16 names in the order of TRL's documentation.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "global_step", "epoch", "num_tokens", "loss", "entropy", "mean_token_accuracy", "learning_rate", "grad_norm",
        "logits/chosen", "logits/rejected", "logps/chosen", "logps/rejected",
        "rewards/chosen", "rewards/rejected", "rewards/margins", "rewards/accuracies",
    ];

    /// <summary>The metrics that one batch determines; nothing is differentiable.</summary>
    /// <param name="policyLogits">Policy logits [2B,T,V], chosen rows first.</param>
    /// <param name="batch">The batch they were computed from.</param>
    /// <param name="logProbs">Sequence log-probabilities under the policy [2B], chosen rows first.</param>
    /// <param name="pairs">The loss's rewards.</param>
    /// <returns>
    /// entropy: mean over answer tokens of the predictive entropy in nats; mean_token_accuracy: share of chosen answer
    /// tokens that are the policy's most likely; logits/*: mean logit over answer tokens and vocabulary; logps/*: mean
    /// sequence log-probability; rewards/*: means over pairs, accuracies the share with chosen above rejected (a tie
    /// counts as wrong). Where no token is counted the value is 0, as in TRL.
    /// </returns>
    public static IReadOnlyDictionary<string, double> Batch(Tensor policyLogits, PairBatch batch, Tensor logProbs, PreferenceLoss pairs)
    {
        ArgumentNullException.ThrowIfNull(policyLogits);
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(logProbs);
        ArgumentNullException.ThrowIfNull(pairs);
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var scored = batch.Ids.shape[1] - 1;
        var logits = policyLogits.narrow(1, 0, scored).split(batch.Pairs);                              // 2 x [B,T-1,V]
        var mask = batch.CompletionMask.narrow(1, 1, scored).ne(0).split(batch.Pairs);                  // 2 x [B,T-1]
        var chosen = Wide(logits[0][mask[0]]);                                                          // [Nc,V]
        var rejected = Wide(logits[1][mask[1]]);                                                        // [Nr,V]
        var chosenIds = batch.Ids.narrow(1, 1, scored).split(batch.Pairs)[0][mask[0]];                  // [Nc]

        var metrics = new Dictionary<string, double>
        {
            ["entropy"] = MeanOrZero(cat([Entropy(chosen), Entropy(rejected)])),
            ["mean_token_accuracy"] = MeanOrZero(chosen.argmax(-1).eq(chosenIds)),
            ["logits/chosen"] = MeanOrZero(chosen.mean([-1])),
            ["logits/rejected"] = MeanOrZero(rejected.mean([-1])),
            ["logps/chosen"] = MeanOrZero(logProbs.narrow(0, 0, batch.Pairs)),
            ["logps/rejected"] = MeanOrZero(logProbs.narrow(0, batch.Pairs, batch.Pairs)),
        };
        AddRewards(metrics, pairs);
        return metrics;
    }

    /// <summary>A batch's metrics with the loop's six: all 16, in the order of <see cref="Names"/>.</summary>
    /// <param name="batch">What <see cref="Batch"/> gave.</param>
    /// <param name="globalStep">Optimizer steps taken so far.</param>
    /// <param name="epoch">Passes over the data so far, with fraction.</param>
    /// <param name="tokensSeen">Tokens trained on so far, prompts included, padding not (sum of the attention masks).</param>
    /// <param name="loss">Mean loss.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    /// <param name="gradientNorm">L2 norm of the gradients before clipping.</param>
    public static IReadOnlyDictionary<string, double> Step(
        IReadOnlyDictionary<string, double> batch, long globalStep, double epoch, long tokensSeen, double loss, double learningRate, double gradientNorm)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var loop = new Dictionary<string, double>
        {
            ["global_step"] = globalStep,
            ["epoch"] = epoch,
            ["num_tokens"] = tokensSeen,
            ["loss"] = loss,
            ["learning_rate"] = learningRate,
            ["grad_norm"] = gradientNorm,
        };
        return Names.ToDictionary(name => name, name => loop.TryGetValue(name, out var value) ? value : batch[name]);
    }
}
