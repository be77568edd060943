using ResearchKit.Generation;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>Log-probabilities of tokens out of 32,000, forward and backward, with the logits whole and some rows at a time.</summary>
internal sealed class VocabularyWork : IDisposable
{
    internal const int Rows = 32, Length = 65, Vocabulary = 32_000;
    private readonly int width;
    private readonly Tensor hidden, weight, ids;

    internal VocabularyWork(int width)
    {
        this.width = width;
        using var generator = new Generator(9001);
        hidden = randn([Rows, Length, width], generator: generator).requires_grad_(true);
        weight = randn([Vocabulary, width], generator: generator).mul_(0.02).requires_grad_(true);
        ids = randint(Vocabulary, [Rows, Length], ScalarType.Int64, generator: generator);
    }

    /// <summary>The twin: <see cref="LogProbs.PerToken"/> of logits [B,T,V].</summary>
    internal Tensor Plain() => LogProbs.PerToken(nn.functional.linear(hidden, weight), ids);

    internal Tensor Chunked() => Chunked(0);

    internal Tensor Chunked(int words) =>
        ChunkedLogProbs.Of(hidden.narrow(1, 0, Length - 1).reshape(-1, width), weight, ids.narrow(1, 1, Length - 1).reshape(-1), words: words).LogProbs.view(Rows, Length - 1);

    /// <summary>Log-probabilities, then gradients of their mean.</summary>
    internal void Step(Func<Tensor> logProbs)
    {
        using var scope = NewDisposeScope();
        (hidden.grad, weight.grad) = (null, null);
        logProbs().mean().backward();
    }

    /// <summary>Megabytes that one forward pass leaves in memory for its backward.</summary>
    internal double Kept(Func<Tensor> logProbs)
    {
        (hidden.grad, weight.grad) = (null, null);
        using var scope = NewDisposeScope();
        var before = PeakMemory.Now();
        using var kept = logProbs();
        return PeakMemory.Now() - before;
    }

    /// <summary>The largest difference of log-probabilities and of gradients, relative to the largest number.</summary>
    internal double Apart()
    {
        using var scope = NewDisposeScope();
        Tensor[] Run(Func<Tensor> logProbs)
        {
            (hidden.grad, weight.grad) = (null, null);
            var scores = logProbs();
            scores.mean().backward();
            return [scores.detach(), hidden.grad!.clone(), weight.grad!.clone()];
        }
        return Run(Plain).Zip(Run(Chunked)).Max(pair => ((pair.First - pair.Second).abs().max() / pair.First.abs().max()).item<float>());
    }

    public void Dispose()
    {
        foreach (var tensor in new[] { hidden, weight, ids }) tensor.Dispose();
    }
}
