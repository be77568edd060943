using ResearchKit.Generation;
using ResearchKit.Models;
using static TorchSharp.torch;

namespace ResearchKit.Policy;

/// <summary>What one iteration learns from: sampled answers and what policy, reference and critic said of them then.</summary>
/// <param name="Completions">The answers, a prompt's samples side by side.</param>
/// <param name="Batch">The same as tensors.</param>
/// <param name="LogProbs">log π_old [B,T], 0 on padding.</param>
/// <param name="ReferenceLogProbs">log π_ref [B,T], 0 on padding.</param>
/// <param name="Values">V_old [B,T], 0 on padding; null where there is no critic.</param>
public sealed record Rollout(
    IReadOnlyList<Completion> Completions, AnswerBatch Batch, Tensor LogProbs, Tensor ReferenceLogProbs, Tensor? Values) : IDisposable
{
    /// <summary>1 on answer tokens [B,T].</summary>
    public Tensor Mask => Batch.Mask;

    /// <summary>Samples answers and scores them, without gradients.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="reference">What the policy is held to; the policy itself gives a KL of 0.</param>
    /// <param name="critic">A value model over the same ids, or null.</param>
    /// <param name="prompts">Token ids.</param>
    /// <param name="samples">Answers per prompt.</param>
    /// <param name="sampling">Temperature above 0, no top-k and no top-p: a ratio of probabilities needs what was drawn from.</param>
    /// <param name="generator">The source of randomness.</param>
    /// <param name="cancellationToken">Looked at before every token.</param>
    public static Rollout Collect(
        CausalLM policy, CausalLM reference, RewardModel? critic, IReadOnlyList<int[]> prompts, int samples,
        SamplingOptions sampling, Generator generator, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(prompts);
        ArgumentNullException.ThrowIfNull(sampling);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        if (sampling is not { Temperature: > 0, TopK: 0, TopP: 1 })
            throw new GenerationException($"A rollout was asked for with temperature {sampling.Temperature}, top-k {sampling.TopK}, top-p {sampling.TopP}; policy gradients need the probabilities that were drawn from: temperature above 0, top-k 0 and top-p 1. A restriction may be used.");
        if (prompts.Count == 0) throw new GenerationException("A rollout needs at least one prompt; none was given.");
        using var noGrad = no_grad();
        var repeated = prompts.SelectMany(prompt => Enumerable.Repeat(prompt, samples)).ToArray();
        var completions = Sampler.Sample(policy, repeated, sampling, generator, cancellationToken);
        using var scope = NewDisposeScope();
        var batch = AnswerBatch.Of(completions, sampling, policy.Device);
        Tensor LogProbsOf(CausalLM model) => batch.LogProbs(batch.Logits(model)).DetachFromDisposeScope();
        var rollout = new Rollout(completions, batch, LogProbsOf(policy), LogProbsOf(reference), critic is null ? null : batch.Values(critic).DetachFromDisposeScope());
        foreach (var tensor in new[] { batch.Ids, batch.Actions, batch.Before, batch.Mask }) tensor.DetachFromDisposeScope();
        return rollout;
    }

    /// <summary>Frees the tensors.</summary>
    public void Dispose()
    {
        Batch.Dispose();
        LogProbs.Dispose();
        ReferenceLogProbs.Dispose();
        Values?.Dispose();
    }
}
