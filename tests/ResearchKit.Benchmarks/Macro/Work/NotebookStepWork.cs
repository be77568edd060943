using ResearchKit.Data;
using ResearchKit.Models;
using ResearchKit.Preference;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>One DPO step as a notebook writes it: reference and policy forward, backward, clipping, fused AdamW.</summary>
internal sealed class NotebookStepWork : IDisposable
{
    private readonly CausalLM policy, reference;
    private readonly FusedAdamW optimizer;
    private readonly PairBatch batch;

    internal NotebookStepWork() : this(Shapes.Policy, Shapes.Pairs, Shapes.Answer) { }

    internal NotebookStepWork(ModelConfig config, int pairs, int length)
    {
        policy = Shapes.Model(config, "init");
        reference = policy.FrozenCopy();
        optimizer = new FusedAdamW([.. policy.named_parameters()]);
        batch = PairBatch.Collate(Shapes.RandomPairs(pairs, length, length, config.VocabSize), 0);
    }

    /// <summary>The loss before the step.</summary>
    internal double Step() => Step(batch);

    /// <summary>The same on other pairs.</summary>
    internal double Step(PairBatch given)
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGrad();
        Tensor referencePerToken;
        using (no_grad()) referencePerToken = ResearchKit.Generation.LogProbs.PerToken(reference.Forward(given.Ids), given.Ids);
        var terms = PairLogProbs.Of(policy.Forward(given.Ids), referencePerToken, given);
        var loss = DpoLoss.Compute(terms.PolicyChosen, terms.PolicyRejected, terms.ReferenceChosen, terms.ReferenceRejected, beta: 0.1).Losses.mean();
        loss.backward();
        optimizer.ClipGradients(1);
        optimizer.Step(1e-4);
        return loss.item<float>();
    }

    public void Dispose()
    {
        optimizer.Dispose();
        batch.Dispose();
        policy.Dispose();
        reference.Dispose();
    }
}
