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

    internal OptimizerWork()
    {
        Torch.Load();
        forFused = Shapes.Model(Shapes.Policy with { Layers = 6, VocabSize = 64 }, "init");
        forStock = forFused.Copy();
        foreach (var parameter in forFused.parameters().Concat(forStock.parameters())) parameter.grad = ones_like(parameter).mul_(1e-3).DetachFromDisposeScope();
        fused = new FusedAdamW([.. forFused.named_parameters()]);
        stock = optim.AdamW(forStock.parameters(), lr: 1e-4);
    }

    internal long Parameters => forFused.parameters().Sum(parameter => parameter.numel());

    internal void Fused() => fused.Step(1e-4);

    internal void Stock()
    {
        using var scope = NewDisposeScope();
        stock.step();
    }

    public void Dispose()
    {
        fused.Dispose();
        stock.Dispose();
        forFused.Dispose();
        forStock.Dispose();
    }
}
