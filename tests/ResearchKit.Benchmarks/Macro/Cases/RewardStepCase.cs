using ResearchKit.Benchmarks.Macro.Work;

namespace ResearchKit.Benchmarks.Macro.Cases;

/// <summary>A reward model's step against the same with TorchSharp's optimizer and the C library's allocator, and against eager PyTorch.</summary>
internal static class RewardStepCase
{
    private const string Name = "reward-step";

    internal static IEnumerable<Row> Run()
    {
        var (version, why) = Python.Torch();
        var file = Path.Combine(Path.GetTempPath(), $"rk-bench-{Environment.ProcessId}.safetensors");
        try
        {
            using (var work = new RewardStepWork(fast: false)) work.Write(file);
            foreach (var threads in Environment.ProcessorCount == 1 ? [1] : (int[])[1, 2])
            {
                using var fast = new RewardStepWork(fast: true, threads);
                using var plain = SideProcess.Stock("reward-plain", threads);
                using var python = version is null ? null : SideProcess.OfPython("reward", threads, file);
                var race = Agreement.Race(8, [new StepSide(threads, fast.Step), plain, .. python is null ? Array.Empty<IResultSide>() : [python]]);
                var how = $"{threads} thread{(threads == 1 ? "" : "s")}";
                yield return Row.Faster(Name, $"{how}: fused optimizer{(threads == 1 ? "" : $" and the batch in {threads} parts")}, against stock", race.Times[0], race.Times[1], null, $"128 wide, 4 layers, {Shapes.Pairs} pairs of {Shapes.Prompt} + {Shapes.Answer}; {race.Note}");
                if (python is null) continue;
                var (ours, theirs) = MatmulPeak.Beside(threads);
                yield return Row.Faster(Name, $"{how}: the same against {version}", race.Times[0], race.Times[2], null,
                    FormattableString.Invariant($"matmul peaks {ours:F0} and {theirs:F0} GFLOP/s; divided by their ratio {race.Times[2] / race.Times[0] / (ours / theirs):F2}"));
            }
            if (version is null) yield return Row.Missing(Name, "against eager PyTorch", why);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
