using ResearchKit.Runtime;
using ResearchKit.Training;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ResearchKit.Tests.Training;

/// <summary>A network of two layers that learns a fixed function of four numbers: enough to test a loop with.</summary>
internal sealed class TinyRegression : IDisposable
{
    private const int Examples = 48;
    private readonly Tensor inputs, targets;

    internal TinyRegression(long seed, int batchSize = 8)
    {
        var streams = new RandomStreams(seed);
        using var init = streams.Generator("init");
        using var data = streams.Generator("data");
        Model = nn.Sequential(("first", nn.Linear(4, 16)), ("tanh", nn.Tanh()), ("second", nn.Linear(16, 1)));
        using var scope = NewDisposeScope();
        inputs = randn(Examples, 4, generator: data).DetachFromDisposeScope();
        targets = inputs.sin().sum(1, keepdim: true).DetachFromDisposeScope();
        using (no_grad())
        {
            foreach (var parameter in Model.parameters()) parameter.copy_(randn(parameter.shape, generator: init) * 0.3);
        }
        Order = new DataOrder(Examples, batchSize, streams.Rng("order"));
        Noise = streams.Generator("noise");
    }

    internal Sequential Model { get; }

    internal DataOrder Order { get; }

    /// <summary>Noise on the inputs, drawn on every forward pass, so that a resume must restore it.</summary>
    internal Generator Noise { get; }

    internal Dictionary<string, ICheckpointable> State => new() { ["order"] = Order, ["noise"] = Checkpointable.Of(Noise) };

    internal StepLoss Loss(StepContext _) => LossOver(Order.Next(), noise: 0.01);

    internal StepLoss LossOver(int[] indices, double noise = 0)
    {
        var rows = tensor(indices.Select(i => (long)i).ToArray());
        var x = inputs[rows];
        if (noise > 0) x = x + randn(x.shape, generator: Noise) * noise;
        var loss = nn.functional.mse_loss(Model.call(x), targets[rows]);
        return new StepLoss(loss, new Dictionary<string, double> { ["batch"] = indices.Length });
    }

    /// <summary>All weights, bit for bit, as one list.</summary>
    internal float[] Weights() => [.. Model.parameters().SelectMany(p => p.data<float>().ToArray())];

    public void Dispose()
    {
        Model.Dispose();
        Noise.Dispose();
        inputs.Dispose();
        targets.Dispose();
    }
}
