using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>The machine's peak: float32 products of 1024 x 1024 matrices.</summary>
internal static class MatmulCase
{
    internal static IEnumerable<Row> Run()
    {
        var (one, all) = (MatmulPeak.GigaFlops(1), MatmulPeak.GigaFlops(Environment.ProcessorCount));
        yield return Row.Share("matmul", $"{Environment.ProcessorCount} threads against one", all, one, "GFLOP/s", null, null, "1024 x 1024 x 1024, float32");
    }
}
