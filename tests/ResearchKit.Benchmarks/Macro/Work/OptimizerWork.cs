using ResearchKit.Models;
using ResearchKit.Training;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Macro.Work;

/// <summary>A model of 1.2 M parameters with gradients, and both optimizers over copies of it.</summary>
internal sealed class OptimizerWork : IDisposable
{
    private readonly CausalLM forFused, forStock;
    private readonly FusedAdamW fused;
    private readonly optim.Optimizer stock;
    private readonly Tensor[] flat; // parameters, gradients, both moments, step

    internal OptimizerWork()
    {
        Torch.Load();
        forFused = Shapes.Model(Shapes.Policy with { Layers = 6, VocabSize = 64 }, "init");
        forStock = forFused.Copy();
        foreach (var parameter in forFused.parameters().Concat(forStock.parameters())) parameter.grad = ones_like(parameter).mul_(1e-3).DetachFromDisposeScope();
        flat = [.. Enumerable.Range(0, 4).Select(_ => full([Parameters], 1e-3f)), zeros(Array.Empty<long>(), ScalarType.Float32)];
        fused = new FusedAdamW([.. forFused.named_parameters()]);
        stock = optim.AdamW(forStock.parameters(), lr: 1e-4);
    }

    internal long Parameters => forFused.parameters().Sum(parameter => parameter.numel());

    internal void Fused() => fused.Step(1e-4);

    /// <summary>The same kernel over one flat tensor, as if parameters, gradients and moments were views of it: what a flat buffer could win at most.</summary>
    internal void Flat() => FusedKernels.AdamW([flat[0]], [flat[1]], [flat[2]], [flat[3]], [flat[4]], 1e-4, 0.9, 0.999, 0, 1e-8);

    /// <summary>The same where autograd leaves a gradient for each parameter, which are copied together first.</summary>
    internal void Gathered()
    {
        using var gradient = cat([.. forFused.parameters().Select(parameter => parameter.grad!.view(-1))]);
        FusedKernels.AdamW([flat[0]], [gradient], [flat[2]], [flat[3]], [flat[4]], 1e-4, 0.9, 0.999, 0, 1e-8);
    }

    internal void Stock()
    {
        using var scope = NewDisposeScope();
        stock.step();
    }

    public void Dispose()
    {
        foreach (var tensor in flat) tensor.Dispose();
        fused.Dispose();
        stock.Dispose();
        forFused.Dispose();
        forStock.Dispose();
    }
}
