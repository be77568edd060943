using ResearchKit.Generation;
using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>A training step of a model of 10 M parameters: next-token loss, forward, backward, clipping, fused AdamW.</summary>
internal sealed class TrainStepWork : IDisposable
{
    internal const int Rows = 16, Length = 128;
    private static readonly ModelConfig Config = ModelConfig.Tiny(vocabSize: 512, hidden: 384, layers: 6, heads: 6, maxPositions: Length);
    private readonly CausalLM model = Shapes.Model(Config, "init");
    private readonly FusedAdamW optimizer;
    private readonly Tensor ids;
    private readonly Tensor[] parts;

    internal TrainStepWork(int count)
    {
        optimizer = new FusedAdamW([.. model.named_parameters()]);
        using var generator = new Generator(9001);
        ids = randint(Config.VocabSize, [Rows, Length], ScalarType.Int64, generator: generator);
        parts = [.. ids.split(Rows / count)];
    }

    internal long Parameters => model.parameters().Sum(parameter => parameter.numel());

    /// <summary>
    /// 10^9 operations of the matrix products of one step: each weight of a linear layer and of the output layer once per token,
    /// two operations each, and the half of attention that a causal mask leaves; twice as many again in backward.
    /// </summary>
    internal static double GigaFlop()
    {
        double width = Config.HiddenSize, tokens = Rows * Length;
        var linear = Config.Layers * (4 * width * width + 2 * width * Config.IntermediateSize) + width * Config.VocabSize;
        var attention = Config.Layers * 2 * width * (Length + 1) / 2;
        return 3 * 2 * tokens * (linear + attention) / 1e9;
    }

    internal double Step()
    {
        using var scope = NewDisposeScope();
        optimizer.ZeroGrad();
        var value = 0.0;
        if (parts.Length == 1)
        {
            var loss = Loss(ids);
            loss.backward();
            value = loss.item<float>();
        }
        else
        {
            value = SplitBackward.Run(parts, [.. model.parameters()], Loss);
        }
        optimizer.ClipGradients(1);
        optimizer.Step(1e-4);
        return value;
    }

    private Tensor Loss(Tensor rows) => LogProbs.PerToken(model.Forward(rows), rows).sum() / (-(double)Rows * (Length - 1));

    public void Dispose()
    {
        foreach (var part in parts) part.Dispose();
        ids.Dispose();
        optimizer.Dispose();
        model.Dispose();
    }
}
