using BenchmarkDotNet.Attributes;
using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Micro;

/// <summary>One step of AdamW over 1.2 M parameters: torch's fused kernel against TorchSharp's own optimizer.</summary>
public class OptimizerBenchmarks : IDisposable
{
    private OptimizerWork? work;

    [GlobalSetup]
    public void Prepare() => work = new OptimizerWork();

    [Benchmark(Baseline = true)]
    public void Stock() => work!.Stock();

    [Benchmark]
    public void Fused() => work!.Fused();

    [GlobalCleanup]
    public void Dispose()
    {
        work?.Dispose();
        GC.SuppressFinalize(this);
    }
}
