using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>Generation with the key-value cache against generation without, and against eager PyTorch with a cache of concatenated tensors.</summary>
internal static class GenerationCase
{
    private const string Name = "generation";

    internal static IEnumerable<Row> Run()
    {
        var (version, why) = Python.Torch();
        var file = Path.Combine(Path.GetTempPath(), $"rk-bench-{Environment.ProcessId}.safetensors");
        try
        {
            using var work = new GenerationWork();
            work.Write(file);
            foreach (var threads in new[] { 1, Environment.ProcessorCount }.Distinct())
            {
                StepSide cached = new(threads, () => GenerationWork.Checksum(work.Cached())), plain = new(threads, () => GenerationWork.Checksum(work.Uncached()));
                using var python = version is null ? null : SideProcess.OfPython("generation", threads, file);
                IResultSide[] sides = [cached, plain, .. python is null ? Array.Empty<IResultSide>() : [python]];
                var best = Race.Run(4, sides);
                string Same(IResultSide other) => other.Result == cached.Result ? "the same tokens" : "OTHER TOKENS";
                var how = $"{threads} thread{(threads == 1 ? "" : "s")}";
                yield return Row.Faster(Name, $"with cache against without, {how}", best[0], best[1], 8, $"{GenerationWork.Rows} rows, prompt {GenerationWork.Prompt}, {GenerationWork.NewTokens} new tokens; {Same(plain)}");
                if (python is null) continue;
                var (ours, theirs) = MatmulPeak.Beside(threads);
                yield return Row.Faster(Name, $"with cache against {version} with a cache, {how}", best[0], best[2], null,
                    FormattableString.Invariant($"{Same(python)}; matmul peaks {ours:F0} and {theirs:F0} GFLOP/s; divided by their ratio {best[2] / best[0] / (ours / theirs):F2}"));
            }
            if (version is null) yield return Row.Missing(Name, "against eager PyTorch", why);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
