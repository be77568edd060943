using BenchmarkDotNet.Attributes;
using ResearchKit.Benchmarks.Macro;
using static TorchSharp.torch;

namespace ResearchKit.Benchmarks.Micro;

/// <summary>What one call costs on the managed side, in time and bytes: a P/Invoke, a wrapper, a scope, a shape.</summary>
public class CallBenchmarks : IDisposable
{
    private Tensor one = null!, rows = null!;

    [GlobalSetup]
    public void Load()
    {
        Torch.Load();
        set_num_threads(1);
        (one, rows) = (zeros(1), zeros(4, 8, 16));
    }

    /// <summary>A call without a wrapper: what the border itself costs.</summary>
    [Benchmark(Baseline = true)]
    public long PInvoke() => one.numel();

    /// <summary>An array of its own at each reading.</summary>
    [Benchmark]
    public long ShapeOfOneDimension() => rows.shape[1];

    [Benchmark]
    public long SizeOfOneDimension() => rows.size(1);

    /// <summary>A native tensor with its wrapper, and no kernel.</summary>
    [Benchmark]
    public void Alias()
    {
        using var view = one.alias();
    }

    /// <summary>The smallest kernel there is.</summary>
    [Benchmark]
    public void AddOfOneElement()
    {
        using var sum = one.add(one);
    }

    [Benchmark]
    public void EmptyScope()
    {
        using var scope = NewDisposeScope();
        _ = one; // BenchmarkDotNet wants a method of the instance
    }

    /// <summary>A scope that frees what a block of a decoder makes.</summary>
    [Benchmark]
    public void ScopeOf25Adds()
    {
        using var scope = NewDisposeScope();
        for (var i = 0; i < 25; i++) one.add(one);
    }

    [Benchmark]
    public void NoGradient()
    {
        using var off = no_grad();
        _ = one;
    }

    [GlobalCleanup]
    public void Dispose()
    {
        one.Dispose();
        rows.Dispose();
        GC.SuppressFinalize(this);
    }
}
