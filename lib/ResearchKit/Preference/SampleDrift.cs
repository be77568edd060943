using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Preference;

/// <summary>How far a policy's own samples are from its reference, one number for each sample.</summary>
/// <param name="Kl">KL(policy ‖ reference) in nats: the exact reverse KL of every visited state, summed over the answer (Rao-Blackwellised).</param>
/// <param name="Entropy">Entropy of the policy's next-token distribution in nats, mean over the answer.</param>
/// <param name="ReferenceLogProb">Log-probability of the answer under the reference in nats, mean per token.</param>
public sealed record SampleDrift(double[] Kl, double[] Entropy, double[] ReferenceLogProb)
{
    /// <summary>Measures samples drawn from the policy; nothing is trained.</summary>
    /// <param name="policy">The policy that drew the samples.</param>
    /// <param name="reference">Its frozen reference.</param>
    /// <param name="samples">At least one sample.</param>
    /// <param name="padId">The id that pads rows.</param>
    public static SampleDrift Measure(CausalLM policy, CausalLM reference, IReadOnlyList<Completion> samples, int padId)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(samples);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var batch = SequenceBatch.Collate([.. samples.Select(sample => (sample.Prompt, sample.Tokens))], padId, policy.Device);
        var mask = batch.CompletionMask[.., 1..];                                        // [B,T-1]
        var logits = policy.Forward(batch.Ids);                                          // [B,T,V]
        var frozen = reference.Forward(batch.Ids);
        var logp = nn.functional.log_softmax(logits[.., ..^1], -1);
        return new SampleDrift(
            Numbers(LogProbs.Sum(SequentialKl.Reverse(logits, frozen)[.., ..^1], mask)),
            Numbers(LogProbs.Mean(-(logp.exp() * logp).sum(-1), mask)),
            Numbers(LogProbs.Mean(LogProbs.PerToken(frozen, batch.Ids), mask)));
    }

    private static double[] Numbers(Tensor values) => [.. values.to(ScalarType.Float64).cpu().data<double>()];
}
