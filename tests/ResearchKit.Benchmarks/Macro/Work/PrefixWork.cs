using ResearchKit.Data;
using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Runtime;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>Log-probabilities of several answers to each prompt, forward and backward.</summary>
internal sealed class PrefixWork : IDisposable
{
    private readonly CausalLM model;
    private readonly SharedPromptBatch batch;
    private readonly Tensor weights;

    internal PrefixWork(ModelConfig config, int prompts, int answers, int prompt, int answer)
    {
        model = Shapes.Model(config, "init");
        var rng = new Rng(9001);
        batch = SharedPromptBatch.Collate([.. Enumerable.Range(0, prompts).Select(_ => (Shapes.Tokens(rng, prompt, config.VocabSize),
            (IReadOnlyList<int[]>)[.. Enumerable.Range(0, answers).Select(_ => Shapes.Tokens(rng, answer, config.VocabSize))]))], padId: 0);
        weights = rand([prompts * answers]).sub_(0.5); // advantages, or a preference loss's slopes
    }

    internal CausalLM Model => model;

    /// <summary>Whether the estimate would share here.</summary>
    internal bool Estimated => SharedPromptLogProbs.Shares(model.Config, batch);

    /// <summary>What the estimate says that sharing costs of the plain way.</summary>
    internal double Estimate => SharedPromptEstimate.Share(model.Config, batch);

    internal void Step(PromptSharing sharing)
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in model.parameters()) parameter.grad = null;
        Loss(LogProbs.Sum(SharedPromptLogProbs.PerToken(model, batch, sharing).LogProbs, batch.Mask)).backward();
    }

    /// <summary>Without sharing and without chunks: rows of prompt and answer, logits of all their tokens.</summary>
    internal void WholeLogits()
    {
        using var scope = NewDisposeScope();
        foreach (var parameter in model.parameters()) parameter.grad = null;
        var ids = cat([batch.Rows, batch.Targets.narrow(1, batch.Targets.shape[1] - 1, 1)], 1); // [G·B,T+1]
        var perToken = LogProbs.PerToken(model.Forward(ids), ids);
        Loss(perToken.narrow(1, perToken.shape[1] - batch.Targets.shape[1], batch.Targets.shape[1]).sum(-1)).backward();
    }

    /// <summary>The largest difference of the gradients of both ways, relative to the largest gradient.</summary>
    internal double Apart()
    {
        using var scope = NewDisposeScope();
        Tensor[] Gradients(Action step)
        {
            step();
            return [.. model.parameters().Select(parameter => parameter.grad!.clone())];
        }
        var (shared, plain) = (Gradients(() => Step(PromptSharing.Always)), Gradients(WholeLogits));
        var largest = plain.Max(gradient => gradient.abs().max().item<float>());
        return shared.Zip(plain).Max(pair => (pair.First - pair.Second).abs().max().item<float>()) / largest;
    }

    private Tensor Loss(Tensor sums) => (sums * weights).mean(); // [G·B] to a scalar

    public void Dispose()
    {
        batch.Dispose();
        model.Dispose();
        weights.Dispose();
    }
}
