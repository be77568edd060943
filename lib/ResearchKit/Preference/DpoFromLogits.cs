using ResearchKit.Data;
using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>A DPO batch's outcome.</summary>
/// <param name="Loss">Mean loss over pairs, a scalar to call backward on.</param>
/// <param name="Pairs">Losses and rewards of each pair [B].</param>
/// <param name="Metrics">The batch's ten TRL metrics (<see cref="PreferenceMetrics.Batch"/>).</param>
public sealed record DpoOutcome(Tensor Loss, PreferenceLoss Pairs, IReadOnlyDictionary<string, double> Metrics);

/// <summary>
/// The whole DPO objective from two models' logits, with the metrics of TRL's trainer. Official code: huggingface/trl
/// f2cd577, trl/trainer/dpo_trainer.py, DPOTrainer._compute_loss with loss_type "sigmoid".
/// </summary>
public static class DpoFromLogits
{
    /// <summary>Log-probabilities summed over the answers, the sigmoid loss, its metrics.</summary>
    /// <param name="policyLogits">Policy logits [2B,T,V], chosen rows first.</param>
    /// <param name="referenceLogits">Reference logits [2B,T,V]; no gradient flows into them.</param>
    /// <param name="batch">The batch both were computed from.</param>
    /// <param name="beta">β, positive.</param>
    /// <param name="labelSmoothing">ε in [0, 0.5) of conservative DPO; TRL's "sigmoid" leaves it out.</param>
    public static DpoOutcome Compute(Tensor policyLogits, Tensor referenceLogits, PairBatch batch, double beta, double labelSmoothing = 0)
    {
        ArgumentNullException.ThrowIfNull(referenceLogits);
        ArgumentNullException.ThrowIfNull(batch);
        using var scope = NewDisposeScope();
        var mask = batch.CompletionMask.narrow(1, 1, batch.CompletionMask.shape[1] - 1);            // [2B,T-1]
        var policy = LogProbs.Sum(LogProbs.PerToken(policyLogits, batch.Ids), mask);                // [2B]
        var reference = LogProbs.Sum(LogProbs.PerToken(referenceLogits.detach(), batch.Ids), mask); // [2B]
        var (policyPair, referencePair) = (policy.split(batch.Pairs), reference.split(batch.Pairs));
        var pairs = DpoLoss.Compute(policyPair[0], policyPair[1], referencePair[0], referencePair[1], beta, labelSmoothing);
        var metrics = PreferenceMetrics.Batch(policyLogits, batch, policy.detach(), pairs);
        return new DpoOutcome(
            pairs.Losses.mean().MoveToOuterDisposeScope(),
            new PreferenceLoss(
                pairs.Losses.MoveToOuterDisposeScope(), pairs.ChosenRewards.MoveToOuterDisposeScope(), pairs.RejectedRewards.MoveToOuterDisposeScope()),
            metrics);
    }
}
